using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Gatehouse.Cli.Storage;
using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class NetrcFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Others = "# mine\nmachine other.example.com login ann password other\n";
    private readonly Machine machine = new();
    private readonly CancellationToken cancelled = TestContext.Current.CancellationToken;

    public void Dispose() => machine.Dispose();

    [Theory]
    [InlineData("000")]
    [InlineData("022")]
    [InlineData("077")]
    [UnsupportedOSPlatform("windows")]
    public async Task Mode_is_0600_whatever_the_umask(string umask)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no umask");
        await using var server = Server();
        using var process = CliProcess.StartOther(
            machine,
            "/bin/sh",
            ["-c", $"umask {umask}; exec \"$@\"", "sh", CliProcess.Path, .. LogInAt(server.Address)]);

        await process.WaitForExitAsync(cancelled);

        Assert.Equal(0, process.ExitCode);
        foreach (var path in new[] { machine.NetrcPath, Path.Combine(machine.Home, ".config/gatehouse/server") })
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task File_that_others_could_read_is_closed_to_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes");
        await using var server = Server();
        machine.WriteNetrc(Others);
        File.SetUnixFileMode(machine.NetrcPath, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await machine.Run(LogInAt(server.Address));

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(machine.NetrcPath));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Symbolic_link_stays_one(bool targetExists)
    {
        await using var server = Server();
        var target = Path.Combine(machine.Home, "dotfiles");
        if (targetExists)
            await File.WriteAllTextAsync(target, Others, cancelled);
        File.CreateSymbolicLink(machine.NetrcPath, "dotfiles");

        await machine.Run(LogInAt(server.Address));

        Assert.Equal("dotfiles", new FileInfo(machine.NetrcPath).LinkTarget);
        var content = await File.ReadAllTextAsync(target, cancelled);
        Assert.StartsWith("machine 127.0.0.1\n", content);
        Assert.EndsWith(targetExists ? Others : "", content);
    }

    [Fact]
    public async Task NETRC_names_another_file()
    {
        await using var server = Server();
        machine.Set("NETRC", Path.Combine(machine.Home, "elsewhere"));

        await machine.Run(LogInAt(server.Address));

        Assert.False(File.Exists(machine.NetrcPath));
        Assert.True(File.Exists(Path.Combine(machine.Home, "elsewhere")));
    }

    [Fact]
    public async Task File_that_cannot_be_written_is_an_error_that_says_so()
    {
        await using var server = Server();
        machine.Set("NETRC", Path.Combine(CliProcess.Path, "below a file"));

        var ran = await machine.Run(LogInAt(server.Address));

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("could not be kept", ran.Error);
    }

    [Fact]
    public async Task Readers_see_the_old_or_the_new_file()
    {
        var file = new NetrcFile(new Surroundings(name => name == "HOME" ? machine.Home : null, "gatehouse"));
        machine.WriteNetrc(Others);
        await file.Store("a.example.com", new Credentials("ann", new string('0', 5000)), cancelled);
        var (old, young) = (machine.Netrc, machine.Netrc.Replace('0', '1'));

        var writing = Task.Run(() => WriteAlternately(file), cancelled);
        var reads = 0;
        for (; !writing.IsCompleted; reads++)
        {
            var read = await File.ReadAllTextAsync(machine.NetrcPath, cancelled);
            Assert.True(read == old || read == young, read);
        }

        await writing;
        Assert.True(reads > 10, $"only {reads} reads");
    }

    [Fact]
    public async Task Twenty_log_ins_at_once_lose_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs 127.0.0.1 to 127.0.0.20 on this machine");
        await using var server = Server();
        machine.WriteNetrc(Others);
        var processes = Enumerable.Range(1, 20)
            .Select(number => CliProcess.Start(machine, LogInAt(server.AddressOf($"127.0.0.{number}"))))
            .ToList();

        foreach (var process in processes)
        {
            await process.WaitForExitAsync(cancelled);
            Assert.Equal(0, process.ExitCode);
            process.Dispose();
        }

        Assert.EndsWith(Others, machine.Netrc);
        var netrc = new Netrc(machine.Netrc);
        Assert.All(
            Enumerable.Range(1, 20),
            number => Assert.Equal(new Credentials("ann@example.com", "gate_1"), netrc.Find($"127.0.0.{number}")));
    }

    [Fact]
    public async Task Killed_run_leaves_the_old_or_the_new_file_and_nobody_else_may_read_it()
    {
        await using var server = Server();
        machine.WriteNetrc(Others);
        var whole = "machine 127.0.0.1\n\tlogin ann@example.com\n\tpassword gate_1\n" + Others;
        var rounds = Environment.GetEnvironmentVariable("GATEHOUSE_SOAK") == "1" ? 200 : 20;
        for (var round = 0; round < rounds; round++)
        {
            var asked = server.Requests.Count;
            using var process = CliProcess.Start(machine, LogInAt(server.Address));
            while (server.Requests.Count == asked)
                await Task.Yield();
            var moment = RandomNumberGenerator.GetInt32(30_000);
            for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started).TotalMicroseconds < moment;)
                await Task.Yield();
            process.Kill();
            await process.WaitForExitAsync(cancelled);

            Assert.True(machine.Netrc == Others || machine.Netrc == whole, machine.Netrc);
            if (!OperatingSystem.IsWindows() && machine.Netrc == whole)
                Assert.Equal(OwnerOnly, File.GetUnixFileMode(machine.NetrcPath));
            File.Delete(machine.NetrcPath); // the old one is readable by others
            machine.WriteNetrc(Others);
        }

        Assert.Equal(0, (await machine.Run(LogInAt(server.Address))).ExitCode);
        Assert.DoesNotContain(Directory.GetFiles(machine.Home), path => path.Contains("new", StringComparison.Ordinal));
    }

    private async Task WriteAlternately(NetrcFile file)
    {
        for (var round = 0; round < 300; round++)
        {
            var key = new string((round % 2) == 0 ? '1' : '0', 5000);
            await file.Store("a.example.com", new Credentials("ann", key), cancelled);
        }
    }

    private static string[] LogInAt(string address) =>
        ["login", "-e", "ann@example.com", "-p", "right", "--no-input", "--host", address];

    private static LoopbackServer Server() => LoopbackServer.Always("""{"key":"gate_1","email":"ann@example.com"}""");
}
