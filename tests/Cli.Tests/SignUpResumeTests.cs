using System.Runtime.Versioning;
using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class SignUpResumeTests : IDisposable
{
    private const string OneTier = """{"uuid":"u-1","tiers":[{"name":"FREE","summary":"1 app"}],"promo_codes":false}""";

    private readonly Machine machine = new();

    public void Dispose() => machine.Dispose();

    [Theory]
    [InlineData("confirmation_code", 4)]
    [InlineData("password", 3)]
    [InlineData("tier", 2)]
    public async Task Resuming_goes_on_where_it_ended(string next, int requests)
    {
        await using var server = SignUpServer.Offering(OneTier, next);
        await machine.RunWith(["ann@example.com"], "signup", "--host", server.Address);
        server.Requests.Clear();
        string[] answers = ["123456", "a long password", "y"];

        var ran = await machine.RunWith(answers[(4 - requests)..], "signup", "--resume");

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal("""{"uuid":"u-1"}""", server.Requests.First().Body);
        Assert.Equal(requests, server.Requests.Count);
        Assert.Contains($"Going on with the account of ann@example.com at {server.Address}.", ran.Error);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Sign_up_in_progress_is_private()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes");
        await using var server = SignUpServer.Offering(OneTier);

        await machine.RunWith(["ann@example.com"], "signup", "--host", server.Address);

        var kept = Path.Combine(machine.Home, ".local/state/gatehouse/signup");
        Assert.Equal($"{server.Address}\nu-1\n", File.ReadAllText(kept));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));
    }

    [Fact]
    public async Task Nothing_to_resume_is_said()
    {
        var ran = await machine.Run("signup", "--resume");

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("No sign-up was begun on this machine.", ran.Error);
    }

    [Fact]
    public async Task Resuming_elsewhere_is_refused()
    {
        await using var server = SignUpServer.Offering(OneTier);
        await machine.RunWith(["ann@example.com"], "signup", "--host", server.Address);

        var ran = await machine.Run("signup", "--resume", "--host", "https://elsewhere.example.com");

        Assert.Equal(2, ran.ExitCode);
    }

    [Fact]
    public async Task Expired_sign_up_is_forgotten()
    {
        await using var server = new LoopbackServer(request => request.Field("email") is not null
            ? new Reply(200, $$"""{"data":{{OneTier}}}""")
            : new Reply(422, """{"errors":{"uuid":["is invalid"]}}"""));

        var ran = await machine.RunWith(["ann@example.com", "1", "2"], "signup", "--host", server.Address);
        var resumed = await machine.Run("signup", "--resume", "--host", server.Address);

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("The sign-up has expired.\nBegin one: `gatehouse signup`", ran.Error);
        Assert.Contains("No sign-up was begun", resumed.Error);
    }
}
