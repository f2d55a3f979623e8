using System.CommandLine;
using System.Text.Json;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;
using Gatehouse.Cli.Questions;
using Gatehouse.Cli.Storage;
using Spectre.Console.Rendering;

namespace Gatehouse.Cli;

/// <summary>One run of one command, with everything it may use.</summary>
internal sealed class Invocation(
    ParseResult words, GlobalOptions options, Terminal terminal, Surroundings surroundings, CancellationToken cancelled)
{
    private readonly VersionCheck versions = new(hint =>
    {
        if (terminal.TalksToPerson)
            terminal.Hint(hint);
    });

    /// <summary>The tree that this command is of.</summary>
    public Command Root => words.RootCommandResult.Command;

    /// <summary>The options that every command has.</summary>
    public GlobalOptions Options => options;

    /// <summary>The person or script in front.</summary>
    public Terminal Terminal => terminal;

    /// <summary>The machine it runs on.</summary>
    public Surroundings Surroundings => surroundings;

    /// <summary>What people call this program.</summary>
    public string Program => surroundings.ProgramName;

    /// <summary>Set when the user wants no more of it.</summary>
    public CancellationToken Cancelled => cancelled;

    /// <summary>The credentials file.</summary>
    public NetrcFile Netrc { get; } = new(surroundings);

    /// <summary>Gets answers from flags, people and pipes.</summary>
    public Interview Interview { get; } = new(terminal, words, mayRead: !words.GetValue(options.NoInput));

    /// <summary>The server named on purpose, or null.</summary>
    public ServerAddress? GivenServer => KnownServer.Given(words.GetValue(options.Host), surroundings);

    /// <summary>The server to speak to.</summary>
    public ServerAddress Server => GivenServer ?? KnownServer.Remembered(surroundings);

    /// <summary>The value of a flag.</summary>
    public T? Value<T>(Option<T> option) => words.GetValue(option);

    /// <summary>The value of an argument.</summary>
    public T? Value<T>(Argument<T> argument) => words.GetValue(argument);

    /// <summary>Speaks to a server without saying who we are.</summary>
    public ApiClient Anonymous(ServerAddress server) => new(server, surroundings, versions);

    /// <summary>Speaks to a server as somebody.</summary>
    public ApiClient As(Credentials credentials, ServerAddress server) =>
        new(server, surroundings, versions, credentials);

    /// <summary>Speaks to the server as whoever is logged in there.</summary>
    /// <exception cref="Failure">Nobody is (exit code 4).</exception>
    public ApiClient AsAccount()
    {
        var server = Server;
        var credentials = FromEnvironment() ?? Netrc.Read().FindOrDefault(server.Machine);
        return credentials is null ? throw Failure.NotLoggedIn(server.ToString(), Program) : As(credentials, server);
    }

    /// <summary>Keeps the key for the runs to come, and speaks to this server from now on.</summary>
    public async Task StayLoggedIn(Credentials credentials, ServerAddress server)
    {
        try
        {
            await Netrc.Store(server.Machine, credentials, cancelled);
            await KnownServer.Remember(server, surroundings, cancelled);
        }
        catch (Exception local) when (local is IOException or UnauthorizedAccessException)
        {
            throw new Failure(
                ExitCode.Error,
                $"{server} gave a key, but it could not be kept: {local.Message}",
                $"Put that right, then `{Program} login`.");
        }
    }

    /// <summary>Shows the data of a reply: drawn for a person, as JSON for a script or with <c>--json</c>.</summary>
    public void Show(JsonElement data, Func<JsonElement, IRenderable> draw)
    {
        if (terminal.WritesToPerson && !words.GetValue(options.Json))
            terminal.Draw(draw(data));
        else
            terminal.Print(JsonText.Of(data));
    }

    private Credentials? FromEnvironment() =>
        (surroundings.NonEmpty("GATEHOUSE_EMAIL"), surroundings.NonEmpty("GATEHOUSE_API_KEY")) switch
        {
            ({ } email, { } key) => new Credentials(email, key),
            (null, null) => null,
            _ => throw Failure.Usage("GATEHOUSE_EMAIL and GATEHOUSE_API_KEY work only together."),
        };
}
