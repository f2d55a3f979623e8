using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class GoogleTests : IDisposable
{
    private const string Offer = """{"providers":["google"]}""";
    private const string Started =
        """{"url":"https://gate.example/oauth/google?session=p4ge","session":"p0ll","pairing_code":"BCDF-GHJK"}""";

    private readonly Machine machine = new();

    public void Dispose() => machine.Dispose();

    [Fact]
    public async Task Log_in_waits_for_the_browser_and_keeps_the_key()
    {
        await using var server = Answering(Reply.Data("""{"email":"ann@example.com","key":"gate_1"}"""), waits: 1);

        var ran = await machine.Run("login:google", "--host", server.Address);

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("To login browse to https://gate.example/oauth/google?session=p4ge\n", ran.Error);
        Assert.Contains("only if the page shows this code: BCDF-GHJK\n", ran.Error);
        Assert.EndsWith("Logged in as ann@example.com.\n", ran.Error);
        Assert.Equal("machine 127.0.0.1\n\tlogin ann@example.com\n\tpassword gate_1\n", machine.Netrc);
        Assert.Equal(
            ["POST /api/oauth/google", "GET /api/oauth/google/p0ll", "GET /api/oauth/google/p0ll"],
            server.Requests.Select(request => request.Line));
        Assert.Equal(Environment.MachineName, server.Requests.First().Field("device"));
    }

    [Theory]
    [InlineData("access denied", 3, "was told no")]
    [InlineData("It was not finished. The page in your browser says why.", 4, "The page in your browser says why.")]
    public async Task Refusal_of_the_browser_is_told_and_keeps_nothing(string told, int exitCode, string says)
    {
        await using var server = Answering(Reply.Refusal(422, "", told));

        var ran = await machine.Run("login:google", "--host", server.Address);

        Assert.Equal(exitCode, ran.ExitCode);
        Assert.Contains(says, ran.Error);
        Assert.Equal("", machine.Netrc);
    }

    [Fact]
    public async Task Server_without_it_says_so()
    {
        await using var server = new LoopbackServer(
            _ => Reply.Refusal(422, "", "This server has no Google login."));

        foreach (var command in (string[])["login:google", "signup:google"])
        {
            var ran = await machine.Run(command, "--host", server.Address);
            Assert.Equal(1, ran.ExitCode);
            Assert.Contains("This server has no Google login.\n", ran.Error);
        }
    }

    [Fact]
    public async Task Choice_2_of_login_is_google_for_people_and_for_scripts()
    {
        await using var server = Answering(Reply.Data("""{"email":"ann@example.com","key":"gate_1"}"""));
        using var person = new Machine { HasPerson = true };

        var asked = await person.RunWith(["2"], "login", "--host", server.Address);
        var script = await machine.RunWith(["2"], "login", "--host", server.Address);
        var flag = await machine.RunWith([], "login", "--with", "google", "--host", server.Address);

        Assert.All((Ran[])[asked, script, flag], ran => Assert.EndsWith("Logged in as ann@example.com.\n", ran.Error));
        Assert.Contains("1 = email and password\n2 = Google\nAuthentication: ", asked.Error);
        Assert.Single(server.Requests, request => request.Line == "GET /api/oauth");
    }

    [Fact]
    public async Task Sign_up_takes_the_address_of_google_and_asks_for_the_rest()
    {
        await using var server = new LoopbackServer(request => request switch
        {
            { Line: "POST /api/signup", Body: var body } when body.Contains("oauth") => Reply.Data("""
                {"uuid":"0f7e","session":"p0ll","url":"https://gate.example/oauth/google?session=p4ge",
                 "promo_codes":false,"tiers":[{"name":"FREE"},{"name":"STANDARD"}]}
                """),
            { Line: "POST /api/signup" } => Reply.Data("""{"email":"ann@example.com","key":"gate_1"}"""),
            _ => Reply.Data("""{"email":"ann@example.com"}"""),
        });

        var ran = await machine.RunWith(["1", "y"], "signup:google", "--host", server.Address);

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("To signup browse to https://gate.example/", ran.Error);
        Assert.DoesNotContain("Password", ran.Error);
        Assert.Contains("You are logged in as ann@example.com.", ran.Error);
        Assert.Equal("google", server.Requests.First().Field("oauth"));
        var last = server.Requests.Last();
        Assert.Equal(("0f7e", "FREE"), (last.Field("uuid"), last.Field("tier")));
    }

    [Fact]
    public async Task Unlinking_asks_and_sends_a_proof_when_one_is_missing()
    {
        await using var server = new LoopbackServer(request => request.Field("current_password") is null
            ? Reply.Refusal(422, "", "please log in again to do this")
            : Reply.Data("{}"));
        using var known = Machine.LoggedIn(server);

        Assert.Equal(3, (await known.RunWith(["n"], "account:google:unlink")).ExitCode);
        var ran = await known.RunWith(["y", "right"], "account:google:unlink");

        Assert.Equal(0, ran.ExitCode);
        Assert.All(server.Requests, request => Assert.Equal("DELETE /api/oauth/google", request.Line));
        Assert.Equal("right", server.Requests.Last().Field("current_password"));
    }

    private static LoopbackServer Answering(Reply last, int waits = 0)
    {
        var left = waits;
        return new LoopbackServer(request => request.Line switch
        {
            "GET /api/oauth" => Reply.Data(Offer),
            "POST /api/oauth/google" => Reply.Data(Started, 201),
            _ => left-- > 0 ? new Reply(204, "") : last,
        });
    }
}
