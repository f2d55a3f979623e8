using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Launcher;

/// <summary>
/// The real launcher in a small repository, with a <c>dotnet</c> that notes its calls and "publishes" a shell script
/// which tells how it was run. So every way through the launcher takes milliseconds and needs no SDK.
/// </summary>
public sealed class TrialRepository : IDisposable
{
    /// <summary>All the programs of the system that the launcher may use, flock apart.</summary>
    private static readonly string[] Tools =
    [
        "sh", "cat", "cksum", "dirname", "find", "grep", "ln", "mkdir", "mv", "ps", "readlink", "rm", "sleep", "sort",
    ];

    private const string Dotnet =
        """
        #!/bin/sh
        if [ "$1" = --version ]; then exit; fi
        here=$(dirname "$0")
        echo "$*" >>"$here/calls"
        if [ -e "$here/broken" ]; then cat "$here/broken"; exit 1; fi
        case $* in *PublishAot=true*) if [ -e "$here/no-linker" ]; then cat "$here/no-linker"; exit 1; fi ;; esac
        if [ -e "$here/lingers" ]; then sleep 3 & fi
        sleep 0.2
        while [ "$1" != --output ]; do shift; done
        mkdir -p "$2"
        for program in Gatehouse.Server gatehouse-cli; do
            cp "$here/program" "$2/$program"
        done
        """;

    private const string Program =
        """
        #!/bin/sh
        if [ "${1:-}" = wait ] || [ "${2:-}" = wait ]; then
            trap 'echo stopped; exit 7' TERM
            echo "waiting as $$"
            while :; do sleep 0.05; done
        fi
        echo "program ${0##*/}"
        echo "called as $GATEHOUSE_CALLED_AS"
        echo "arguments $*"
        echo "environment ${DOTNET_ENVIRONMENT:-none}"
        echo "folder $PWD"
        """;

    private readonly TemporaryFolder folder = new();

    /// <summary>Makes one; an SDK is in a folder of its own and on the PATH, a C compiler is not.</summary>
    public TrialRepository()
    {
        foreach (var name in new[] { "gatehouse", "global.json", "Directory.Build.props", "Directory.Packages.props" })
            Copy(name);
        Write("src/Server/Program.cs", "// the server");
        Write("src/Server/Domain/Account.cs", "// a noun");
        Write("src/Cli/Program.cs", "// the command line");
        WriteProgram("../sdk/dotnet", Dotnet);
        WriteProgram("../sdk/program", Program);
        Directory.CreateDirectory(folder["sdk", "sdk", "10.0.100"]);
        Directory.CreateDirectory(folder["elsewhere"]);
        foreach (var tool in Tools.Append("cp"))
            Allow(tool);
        Allow("flock");
        File.CreateSymbolicLink(folder["tools", "dotnet"], folder["sdk", "dotnet"]);
    }

    /// <summary>Where the person stands who calls the launcher: not in the repository.</summary>
    public string Elsewhere => folder["elsewhere"];

    /// <summary>How often, and with what, <c>dotnet</c> was called.</summary>
    public IReadOnlyList<string> Builds => File.Exists(folder["sdk", "calls"])
        ? File.ReadAllLines(folder["sdk", "calls"])
        : [];

    /// <summary>Runs the launcher and demands that it succeeds.</summary>
    public async Task<Outcome> Succeed(params string[] arguments)
    {
        var outcome = await Run(arguments);
        Assert.True(outcome.ExitCode == 0, outcome.Stderr);
        return outcome;
    }

    /// <summary>Runs the launcher from <see cref="Elsewhere"/>.</summary>
    public Task<Outcome> Run(params string[] arguments) => RunAs(this["gatehouse"], [], arguments);

    /// <summary>Runs it by another path and with more variables.</summary>
    public Task<Outcome> RunAs(string path, Dictionary<string, string?> variables, params string[] arguments) =>
        ChildProcess.Run(path, arguments, Elsewhere, Environment().Concat(variables));

    /// <summary>Starts it beside the test.</summary>
    public ChildProcess Start(params string[] arguments) =>
        ChildProcess.Start(this["gatehouse"], arguments, Elsewhere, Environment());

    /// <summary>Writes a file of the repository.</summary>
    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
    }

    /// <summary>Writes a program, beside the SDK or on the PATH.</summary>
    public void WriteProgram(string name, string text)
    {
        Write(name, text + "\n");
        MakeExecutable(this[name]);
    }

    /// <summary>Takes a program off the PATH.</summary>
    public void Forbid(string tool) => File.Delete(folder["tools", tool]);

    /// <summary>Takes the SDK away, and all that could lead to it.</summary>
    public void RemoveSdk()
    {
        Forbid("dotnet");
        Directory.Delete(folder["sdk"], recursive: true);
    }

    /// <summary>The path of something in the repository.</summary>
    public string this[string name] => Path.Combine(folder["repository"], name);

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private static void MakeExecutable(string path) =>
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private void Copy(string name)
    {
        Directory.CreateDirectory(folder["repository"]);
        File.Copy(Path.Combine(Published.Repository, name), this[name]);
    }

    private void Allow(string tool)
    {
        Directory.CreateDirectory(folder["tools"]);
        if (Component.OnPath(tool) is { } program)
            File.CreateSymbolicLink(folder["tools", tool], program);
    }

    private Dictionary<string, string?> Environment() => new(StringComparer.Ordinal)
    {
        ["PATH"] = folder["tools"],
        ["HOME"] = Elsewhere,
        ["DOTNET_ROOT"] = null,
    };
}
