using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.EndToEnd.Tests.Installs;

/// <summary>
/// The line of <c>/docs/cli</c>: <c>curl -fsSL …/install.sh | sh</c> in an empty home directory, against the published
/// server, with the command line that the launcher built.
/// </summary>
[Costly]
public sealed class InstallTests : IDisposable
{
    private readonly TemporaryFolder home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public async Task One_line_installs_what_this_server_serves_and_says_what_comes_next()
    {
        var server = await Ready();
        var installed = await Shell($"curl -fsSL {server.Url}install.sh | sh");

        Assert.True(installed.ExitCode == 0, installed.Stderr);
        var program = home[".local", "bin", "gatehouse"];
        var version = (await Run(program, "version")).Stdout.Trim();
        Assert.Contains($"gatehouse {version} is installed: {program}", installed.Stdout, Ordinal);
        Assert.Contains($"export PATH=\"{home[".local", "bin"]}:$PATH\"", installed.Stdout, Ordinal);
        Assert.Contains($"gatehouse signup --host {Origin(server)}\n", installed.Stdout, Ordinal);
        var person = new Person();
        await person.SignUp(server);
        var login = await ChildProcess.Run(
            program,
            ["login", "--host", Origin(server), "--email", person.Email, "--password-stdin"],
            home.Path,
            Environment(),
            person.Password);
        Assert.True(login.ExitCode == 0, login.Stderr);
        Assert.Contains(person.Email, (await Run(program, "account")).Stdout, Ordinal);
    }

    [Fact]
    public async Task Run_again_it_replaces_the_program_where_it_was_told_to_put_it()
    {
        var server = await Ready();
        var bin = Directory.CreateDirectory(home["my programs"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(bin, "gatehouse"), "old", TestContext.Current.CancellationToken);
        var again = await Shell(
            $"curl -fsSL {server.Url}install.sh | sh", ("GATEHOUSE_BIN", bin), ("PATH", $"{bin}:/usr/bin:/bin"));

        Assert.True(again.ExitCode == 0, again.Stderr);
        Assert.Equal(0, (await Run(Path.Combine(bin, "gatehouse"), "version")).ExitCode);
        Assert.DoesNotContain("PATH", again.Stdout, Ordinal);
        Assert.Equal(["gatehouse"], Directory.GetFiles(bin).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Without_curl_and_sha256sum_others_do_their_work()
    {
        var server = await Ready();
        Assert.SkipWhen(Component.OnPath("wget") is null, "wget is not on this machine");
        var tools = Directory.CreateDirectory(home["tools"]).FullName;
        foreach (var tool in (string[])[
            "sh", "uname", "getconf", "grep", "mkdir", "mktemp", "wget", "openssl", "cut", "chmod", "mv", "rm"])
            File.CreateSymbolicLink(Path.Combine(tools, tool), Component.OnPath(tool)!);
        await Save(await Script(server));
        var installed = await Shell("sh install.sh", ("PATH", tools));

        Assert.True(installed.ExitCode == 0, installed.Stderr);
        Assert.True(File.Exists(home[".local", "bin", "gatehouse"]));
    }

    [Fact]
    public async Task What_differs_from_the_announced_sum_is_not_installed()
    {
        var server = await Ready();
        await Save(System.Text.RegularExpressions.Regex.Replace(
            await Script(server), "[0-9a-f]{64}", new string('0', 64), default, TimeSpan.FromSeconds(1)));
        var refused = await Shell("sh install.sh");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("its SHA-256 differs", refused.Stderr, Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(home[".local", "bin"]));
    }

    [Fact]
    public async Task A_script_that_was_cut_off_does_nothing()
    {
        var script = await Script(await Ready());
        await Save(script[..^"main\n".Length]);
        Assert.Equal(0, (await Shell("sh install.sh")).ExitCode);
        Assert.False(Directory.Exists(home[".local"]));
    }

    [Fact]
    public async Task A_server_without_a_program_for_this_system_says_so()
    {
        await using var server = await GatehouseServer.Start("sqlite", ("Cli:Directory", home.Path));
        var refused = await Shell($"curl -fsSL {server.Url}install.sh | sh");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("This server has no program for linux", refused.Stderr, Ordinal);
        Assert.Contains($"{Origin(server)}/docs/cli", refused.Stderr, Ordinal);
    }

    [Fact]
    public async Task Shellcheck_has_nothing_to_say_about_it()
    {
        var checker = Component.ShellCheck.Need();
        await Save(await Script(await TestRun.Server()));
        var said = await ChildProcess.Run(checker, ["install.sh"], home.Path);
        Assert.Equal(new Outcome(0, "", ""), said);
    }

    private static async Task<GatehouseServer> Ready()
    {
        Component.Clang.Need();
        await Published.Cli();
        return await TestRun.Server();
    }

    private static string Origin(GatehouseServer server) => server.Url.ToString().TrimEnd('/');

    private static Task<string> Script(GatehouseServer server) =>
        server.Http.GetStringAsync("/install.sh", TestContext.Current.CancellationToken);

    private Task Save(string script) =>
        File.WriteAllTextAsync(home["install.sh"], script, TestContext.Current.CancellationToken);

    private Task<Outcome> Run(string program, string command) =>
        ChildProcess.Run(program, [command], home.Path, Environment());

    private Task<Outcome> Shell(string line, params (string Name, string Value)[] more) =>
        ChildProcess.Run("/bin/sh", ["-c", line], home.Path, Environment(more));

    private Dictionary<string, string?> Environment(params (string Name, string Value)[] more)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["HOME"] = home.Path,
            ["XDG_CONFIG_HOME"] = home[".config"],
        };
        foreach (var (name, value) in more) environment[name] = value;
        return environment;
    }
}
