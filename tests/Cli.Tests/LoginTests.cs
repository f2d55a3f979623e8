using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class LoginTests : IDisposable
{
    private readonly Machine machine = new();

    public void Dispose() => machine.Dispose();

    [Fact]
    public async Task Log_in_keeps_the_key_and_the_address()
    {
        await using var server = LoopbackServer.Always("""{"key":"gate_1","email":"ann@example.com"}""");

        var ran = await machine.RunWith(["ann@example.com", "p:a/s s%w+d "], "login", "--host", server.Address);

        Assert.Equal(new Ran(0, "", "Email: \nPassword: \nLogged in as ann@example.com.\n"), ran);
        Assert.Equal("machine 127.0.0.1\n\tlogin ann@example.com\n\tpassword gate_1\n", machine.Netrc);
        var request = Assert.Single(server.Requests);
        Assert.Equal("POST /api/login", request.Line);
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.StartsWith("GatehouseCLI/0.", request.Header("User-Agent"));
        Assert.Null(request.Header("Authorization"));
        Assert.Equal("p:a/s s%w+d ", request.Field("password"));
        Assert.Null(request.Field("mfa_token"));
        Assert.Equal(Environment.MachineName, request.Field("device"));

        await machine.Run("account");
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("login", "-e", "ann@example.com", "-p", "right", "-y")]
    [InlineData("login", "--email=ann@example.com", "--password=right")]
    public async Task Flags_answer_everything(params string[] words)
    {
        await using var server = LoopbackServer.Always("""{"key":"gate_1","email":"ann@example.com"}""");

        var ran = await machine.Run([.. words, "--no-input", "--host", server.Address]);

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal("right", Assert.Single(server.Requests).Field("password"));
    }

    [Fact]
    public async Task Password_comes_from_a_file_or_a_line_of_input()
    {
        await using var server = LoopbackServer.Always("""{"key":"gate_1","email":"ann@example.com"}""");
        machine.Set("GATEHOUSE_HOST", server.Address);
        var file = Path.Combine(machine.Home, "password");
        await File.WriteAllTextAsync(file, "from file\r\n", TestContext.Current.CancellationToken);

        await machine.Run("login", "-e", "ann@example.com", "--password-file", file, "--no-input");
        await machine.RunWith(["from input"], "login", "-e", "ann@example.com", "--password-stdin", "--no-input");

        Assert.Equal("from file", server.Requests.First().Field("password"));
        Assert.Equal("from input", server.Requests.Last().Field("password"));
    }

    [Fact]
    public async Task Only_one_way_to_give_a_password_may_be_used()
    {
        var ran = await machine.Run("login", "-p", "x", "--password-stdin");

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("Give only one of", ran.Error);
    }

    [Fact]
    public async Task Factor_is_asked_for_after_303()
    {
        await using var server = new LoopbackServer(request => request.Field("mfa_token") is not null
            ? new Reply(200, """{"data":{"key":"gate_1","email":"ann@example.com"}}""")
            : new Reply(303, """{"errors":{"mfa_token":["is required"]}}"""));

        var ran = await machine.RunWith(["ann@example.com", "right", "123456"], "login", "--host", server.Address);

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("Multi-factor Authentication Token: ", ran.Error);
        Assert.Equal("123456", server.Requests.Last().Field("mfa_token"));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Factor_given_at_once_needs_one_request()
    {
        await using var server = LoopbackServer.Always("""{"key":"gate_1","email":"ann@example.com"}""");

        await machine.Run("login", "-e", "a", "-p", "b", "-t", "123456", "--host", server.Address);

        Assert.Equal("123456", Assert.Single(server.Requests).Field("mfa_token"));
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":{"email":"ann@example.com"}}""")]
    [InlineData("""{"data":{"email":null,"key":"gate_1"}}""")]
    public async Task Answer_of_somebody_else_is_said_to_be_one(string body)
    {
        await using var server = new LoopbackServer(
            _ => new Reply(200, body, ("Content-Type", "text/html; charset=klingon")));

        var ran = await machine.Run("login", "-e", "a@b.c", "-p", "right", "--host", server.Address);

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("is not Gatehouse's", ran.Error);
        Assert.Equal("", machine.Netrc);
    }

    [Theory]
    [InlineData(401, "", "Unauthorized", 4, "incorrect.\nForgot it? `gatehouse account:password:reset --email=a@b.c`")]
    [InlineData(401, "mfa_token", "is invalid", 4, "wrong, or was used already.\nWait for")]
    [InlineData(422, "email", "not yet confirmed.", 4, "Email not yet confirmed.\nNo mail? `gatehouse account:confirm")]
    [InlineData(429, "", "Too many attempts.", 6, "Too many attempts.\nTry again in 2 minutes.\n")]
    [InlineData(503, "", "Down for a moment", 1, "Down for a moment.\nTry again in 2 minutes.\n")]
    public async Task Refusal_says_what_to_do(int status, string field, string error, int exitCode, string message)
    {
        var body = $$$"""{"errors":{"{{{field}}}":["{{{error}}}"]}}""";
        await using var server = new LoopbackServer(_ => new Reply(status, body, ("Retry-After", "101")));

        var ran = await machine.Run("login", "-e", "a@b.c", "-p", "wrong", "--host", server.Address);

        Assert.Equal(exitCode, ran.ExitCode);
        Assert.Equal("", ran.Output);
        Assert.Contains(message, ran.Error);
        Assert.Equal("", machine.Netrc);
    }
}
