using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class ClosingTests
{
    private const string Plan = """
        Account        ann@example.com
        Ends at once   3 API keys, 1 session
        Erased later   0 SSH keys and everything personal, 2026-12-06 22:57 UTC
        Last invoice   $10.05, charged at once
        Still owed     $3.00
        Credits        $12.50, lost
        Card           Visa ending in 4242, forgotten
        Others' apps   lighthouse
        Undo           by a link in a mail, until then


        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Plan_is_shown_before_it_happens(bool hasPerson)
    {
        await using var server = ClosingServer();
        using var machine = Machine.LoggedIn(server, hasPerson);
        var line = hasPerson ? "" : "\n";

        var ran = await machine.RunWith(["ann@example.com", "right", "y"], "account:destroy");

        Assert.Equal(new Ran(0, "", $"Email: {line}Password: \n\n" + $"""
            {Plan}Close this account? [y/N]: {line}The account of ann@example.com is closed.
            A mail with a link to undo this is on its way; it works until 2026-12-06 22:57 UTC.

            """), ran);
        Assert.Equal("", machine.Netrc);
        Assert.Equal(
            ["GET /api/users/destroy", "GET /api/users", "DELETE /api/users/destroy"],
            server.Requests.Select(request => request.Line));
        Assert.Equal("""{"email":"ann@example.com","current_password":"right"}""", server.Requests.Last().Body);
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("n", 3)]
    [InlineData(null, 2)]
    public async Task Nothing_happens_without_a_yes(string? answer, int exitCode)
    {
        await using var server = ClosingServer();
        using var machine = Machine.LoggedIn(server);
        string[] answers = ["ann@example.com", "right", .. answer is null ? Array.Empty<string>() : [answer]];

        var ran = await machine.RunWith(answers, "account:destroy");

        Assert.Equal(exitCode, ran.ExitCode);
        Assert.Equal("GET", Assert.Single(server.Requests).Method);
        Assert.Contains("gate_1", machine.Netrc);
    }

    [Fact]
    public async Task Flags_answer_everything()
    {
        await using var server = ClosingServer();
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run("account:destroy", "-y", "-e", "ann@example.com", "-p", "right", "--no-input");

        Assert.Equal(0, ran.ExitCode);
    }

    [Fact]
    public async Task Factor_is_asked_for_when_the_server_wants_it()
    {
        await using var server = ClosingServer(wantsFactor: true);
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.RunWith(["ann@example.com", "right", "y", "123456"], "account:destroy");

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal("123456", server.Requests.Last().Field("mfa_token"));
    }

    [Theory]
    [InlineData("email", "does not match", "Email does not match.\n")]
    [InlineData("current_password", "is incorrect", "Current password is incorrect.\n")]
    [InlineData("", "You must first destroy all your apps", "You must first destroy all your apps.\n")]
    public async Task Refusal_leaves_this_machine_logged_in(string field, string text, string said)
    {
        await using var server = new LoopbackServer(request => request.Method == "GET"
            ? Reply.Data("""{"email":"ann@example.com"}""")
            : Reply.Refusal(422, field, text));
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run("account:destroy", "-y", "-e", "ann@example.com", "-p", "right");

        Assert.Equal(1, ran.ExitCode);
        Assert.EndsWith(said, ran.Error);
        Assert.Contains("gate_1", machine.Netrc);
    }

    [Fact]
    public async Task Address_of_another_account_stops_it_here()
    {
        await using var server = ClosingServer();
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run("account:destroy", "-y", "-e", "bob@example.com", "-p", "right");
        var shouted = await machine.Run("account:destroy", "-y", "-e", "ANN@Example.com", "-p", "right");

        Assert.Equal(1, ran.ExitCode);
        Assert.EndsWith("\nEmail does not match.\n", ran.Error, StringComparison.Ordinal);
        Assert.Equal(0, shouted.ExitCode);
        Assert.Single(server.Requests, request => request.Method == "DELETE");
    }

    private static LoopbackServer ClosingServer(bool wantsFactor = false) => new(request => request switch
    {
        { Target: "/api/users" } => Reply.Data("""{"email":"ann@example.com"}"""),
        { Method: "GET" } => Reply.Data(
            """
            {"api_keys":3,"sessions":1,"ssh_keys":0,"erased_at":"2026-12-06T22:57:01.5Z",
             "final_amount_cents":1005,"owed_cents":300,"credit_cents":1250,"databases":0,
             "payment_method":"Visa ending in 4242","apps":[],"shared_apps":["lighthouse"]}
            """),
        _ when wantsFactor && request.Field("mfa_token") is null => Reply.Refusal(422, "mfa_token", "is required"),
        _ => Reply.Data("{}"),
    });
}
