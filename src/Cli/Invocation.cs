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

    /// <summary>Whoever is logged in at the server.</summary>
    /// <exception cref="Failure">Nobody is (exit code 4).</exception>
    public Credentials Credentials =>
        FromEnvironment()
        ?? Netrc.Read().FindOrDefault(Server.Machine)
        ?? throw Failure.NotLoggedIn(Server.ToString(), Program);

    /// <summary>Speaks to the server as whoever is logged in there.</summary>
    /// <exception cref="Failure">Nobody is (exit code 4).</exception>
    public ApiClient AsAccount() => As(Credentials, Server);

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

    /// <summary>Forgets the key of this machine, which the server does not take any more.</summary>
    public async Task ForgetKey()
    {
        var dead = Credentials;
        if (Netrc.Read().Find(Server.Machine) == dead)
            await Netrc.Remove(Server.Machine, dead.Email, cancelled);
        WarnOfEnvironment();
    }

    /// <summary>Says that a key of the environment, which goes before the file, is still there.</summary>
    public void WarnOfEnvironment()
    {
        if (surroundings.NonEmpty("GATEHOUSE_API_KEY") is not null)
            terminal.Hint("GATEHOUSE_API_KEY is still set: the next command uses it.");
    }

    /// <summary>Shows the data of a reply: drawn for a person, as JSON for a script or with <c>--json</c>.</summary>
    public void Show(JsonElement data, Func<JsonElement, IRenderable> draw)
    {
        if (ShowsText)
            terminal.Draw(draw(data));
        else
            terminal.Print(JsonText.Of(data));
    }

    /// <summary>Passes on the sentence of a reply: to a person beside the results, to a script as data.</summary>
    public void Cheer(ApiReply reply)
    {
        if (ShowsText && reply.Data.Text("message") is { } message)
            terminal.Cheer(message);
        else
            terminal.Print(JsonText.Of(reply.Data));
    }

    private bool ShowsText => terminal.WritesToPerson && !words.GetValue(options.Json);

    private Credentials? FromEnvironment() =>
        (surroundings.NonEmpty("GATEHOUSE_EMAIL"), surroundings.NonEmpty("GATEHOUSE_API_KEY")) switch
        {
            ({ } email, { } key) => new Credentials(email, key),
            (null, null) => null,
            _ => throw Failure.Usage("GATEHOUSE_EMAIL and GATEHOUSE_API_KEY work only together."),
        };
}
