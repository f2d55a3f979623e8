using System.Collections.Concurrent;
using System.Text;

namespace Gatehouse.Cli.Tests.Support;

/// <summary>How a run ended.</summary>
public sealed record Ran(int ExitCode, string Output, string Error);

/// <summary>A machine of its own for a test: a home directory, an environment, a terminal or none.</summary>
public sealed class Machine : IDisposable
{
    private readonly ConcurrentDictionary<string, string> environment = new(StringComparer.Ordinal);

    public Machine()
    {
        Home = Directory.CreateTempSubdirectory("gatehouse-cli-").FullName;
        Set("HOME", Home);
        Set("GATEHOUSE_CALLED_AS", "gatehouse");
    }

    /// <summary>One on which ann@example.com is logged in.</summary>
    public static Machine LoggedIn(LoopbackServer server, bool hasPerson = false)
    {
        var machine = new Machine { HasPerson = hasPerson }.Set("GATEHOUSE_HOST", server.Address);
        machine.WriteNetrc("machine 127.0.0.1 login ann@example.com password gate_1");
        return machine;
    }

    public string Home { get; }

    /// <summary>A file in the home directory.</summary>
    public string FilePath(string name) => Path.Combine(Home, name);

    public string NetrcPath => Path.Combine(Home, ".netrc");

    /// <summary>The content of the credentials file; empty when there is none.</summary>
    public string Netrc => File.Exists(NetrcPath) ? File.ReadAllText(NetrcPath) : "";

    /// <summary>Whether people sit in front: at the keyboard and at the screen.</summary>
    public bool HasPerson { get; init; }

    /// <summary>Whether the screen shows colour.</summary>
    public bool HasColour { get; init; }

    public IEnumerable<KeyValuePair<string, string>> Environment => environment;

    public Machine Set(string variable, string value)
    {
        environment[variable] = value;
        return this;
    }

    /// <summary>Runs a command line; each line of input is an answer.</summary>
    public Task<Ran> Run(params string[] words) => RunWith([], words);

    /// <summary>Runs a command line with these lines of input.</summary>
    public async Task<Ran> RunWith(string[] lines, params string[] words)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(
            new StringReader(string.Concat(lines.Select(line => line + "\n"))),
            output,
            error,
            new TerminalTraits(HasPerson, HasPerson, HasPerson, HasColour));
        var surroundings = new Surroundings(environment.GetValueOrDefault, "gatehouse-cli");
        var code = await new CommandLine(terminal, surroundings)
            .Run(words, Xunit.TestContext.Current.CancellationToken);
        return new Ran(code, output.ToString(), error.ToString());
    }

    public void WriteNetrc(string content) => File.WriteAllText(NetrcPath, content, new UTF8Encoding(false));

    public void Dispose() => Directory.Delete(Home, recursive: true);
}
