using System.Diagnostics;
using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class TerminalTests : IDisposable
{
    private readonly Machine machine = new();
    private readonly CancellationToken cancelled = TestContext.Current.CancellationToken;

    public void Dispose() => machine.Dispose();

    [Fact]
    public async Task Password_is_not_shown_while_it_is_typed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs script(1) of util-linux");
        await using var server = LoopbackServer.Always("""{"key":"gate_1","email":"ann@example.com"}""");
        using var process = CliProcess.StartOther(
            machine, "script", "-qec", $"{CliProcess.Path} login --host {server.Address}", "/dev/null");

        var shown = await process.StandardOutput.ReadTo("Email: ", cancelled);
        await process.StandardInput.WriteAsync("ann@example.com\n");
        shown += await process.StandardOutput.ReadTo("Password: ", cancelled);
        await process.StandardInput.WriteAsync("unseen word\n");
        shown += await process.StandardOutput.ReadTo("Logged in", cancelled);
        await process.WaitForExitAsync(cancelled);

        Assert.Contains("ann@example.com", shown);
        Assert.DoesNotContain("unseen", shown);
        Assert.Equal(["GET /api/oauth", "POST /api/login"], server.Requests.Select(request => request.Line));
        Assert.Equal("unseen word", server.Requests.Last().Field("password"));
    }

    [Fact]
    public async Task Interrupt_is_a_cancellation()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs env(1) of GNU");
        // A shell that runs things in the background makes them ignore this signal, and children inherit that.
        using var process = CliProcess.StartOther(machine, "env", "--default-signal=INT", CliProcess.Path, "login");
        await process.StandardError.ReadTo("Email: ", cancelled);

        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync(cancelled);

        Assert.Equal(3, process.ExitCode);
        Assert.Contains("Cancelled.", await process.StandardError.ReadToEndAsync(cancelled));
    }

    [Fact]
    public async Task End_of_a_persons_input_is_a_cancellation()
    {
        using var sat = new Machine { HasPerson = true };

        Assert.Equal(new Ran(3, "", "Email: \nCancelled.\n"), await sat.Run("login"));
    }

    [Theory]
    [InlineData(true, "\u001b[")]
    [InlineData(false, "")]
    public async Task Colour_is_for_people_who_want_it(bool wanted, string escape)
    {
        using var sat = new Machine { HasPerson = true, HasColour = wanted };

        var help = await sat.Run("help");
        var failure = await sat.Run("account");

        Assert.Contains(escape, help.Output);
        Assert.Contains(escape, failure.Error);
        Assert.Equal(wanted, help.Output.Contains('\u001b'));
        Assert.Equal(wanted, failure.Error.Contains('\u001b'));
        Assert.Contains("run `gatehouse login`", failure.Error);
    }

    [Fact]
    public async Task Nothing_is_read_with_no_input()
    {
        var ran = await machine.RunWith(["ann@example.com", "secret"], "--no-input", "login");

        Assert.Equal(new Ran(2, "", "The answer to `Email` is missing; --email supplies it.\n"), ran);
    }
}
