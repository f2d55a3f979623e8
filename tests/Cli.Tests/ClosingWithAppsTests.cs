using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

/// <summary>An account that has apps: nothing of it goes before everything was asked, checked and agreed to.</summary>
public sealed class ClosingWithAppsTests
{
    private static readonly string[] Asking = ["GET /api/users/destroy", "GET /api/users"];

    private static readonly string[] Closing =
    [
        .. Asking, "DELETE /api/users/destroy", "DELETE /api/apps/engine", "DELETE /api/apps/machine",
        "DELETE /api/users/destroy",
    ];

    [Theory]
    [InlineData("2", "y", 0, 6)]
    [InlineData("2", "n", 3, 1)]
    [InlineData("2", "", 3, 1)]
    [InlineData("y", "y", 3, 1)]
    [InlineData("", "y", 3, 1)]
    public async Task Number_and_consent_come_before_anything_goes(string number, string yes, int code, int requests)
    {
        await using var server = new Server().Start();
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        var ran = await machine.RunWith(["ann@example.com", "right", number, yes], "account:destroy");

        Assert.Equal(code, ran.ExitCode);
        Assert.Contains("  engine\n  machine\nType 2 to destroy them: ", ran.Error, StringComparison.Ordinal);
        Assert.Equal(Closing.Take(requests), server.Requests.Select(request => request.Line));
        Assert.Equal(code == 0, machine.Netrc.Length == 0);
    }

    [Fact]
    public async Task Flags_answer_everything()
    {
        await using var server = new Server().Start();
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run(
            "account:destroy", "-y", "-e", "ann@example.com", "-p", "right", "--destroy_apps", "2", "--no-input");

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal(Closing, server.Requests.Select(request => request.Line));
    }

    [Theory]
    [InlineData("bob@example.com", "right", 2)]
    [InlineData("ann@example.com", "wrong", 3)]
    public async Task Wrong_address_or_password_destroys_no_app(string email, string password, int requests)
    {
        await using var server = new Server().Start();
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.RunWith([email, password, "2", "y"], "account:destroy");

        Assert.Equal(1, ran.ExitCode);
        Assert.Equal(Closing.Take(requests), server.Requests.Select(request => request.Line));
        Assert.Contains("gate_1", machine.Netrc);
    }

    [Fact]
    public async Task Code_is_taken_once_so_that_another_one_is_asked_for_before_the_apps_go()
    {
        await using var server = new Server { HasFactor = true }.Start();
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.RunWith(["ann@example.com", "right", "2", "y", "111111", "222222"], "account:destroy");

        Assert.True(ran.ExitCode == 0, ran.Error);
        Assert.Equal(
            [null, "111111", "222222"],
            from request in server.Requests
            where request.Line == Closing[^1]
            select request.Field("mfa_token"));
    }

    [Theory]
    [InlineData("-t", "wrong")]
    [InlineData("-t", "111111")]
    [InlineData("-t", "111111", "--no-input")]
    public async Task Wrong_or_missing_code_destroys_no_app(params string[] flags)
    {
        await using var server = new Server { HasFactor = true }.Start();
        using var machine = Machine.LoggedIn(server);
        string[] answers = ["-e", "ann@example.com", "-p", "right", "--destroy_apps", "2", "-y"];

        var ran = await machine.Run(["account:destroy", .. answers, .. flags]);

        Assert.NotEqual(0, ran.ExitCode);
        Assert.DoesNotContain("/api/apps", string.Join(' ', server.Requests.Select(request => request.Target)));
    }

    [Fact]
    public async Task Apps_that_were_not_listed_stay()
    {
        await using var server = new Server { Hides = true }.Start();
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run("account:destroy", "-y", "-e", "ann@example.com", "-p", "right");

        Assert.Equal(1, ran.ExitCode);
        Assert.EndsWith("You must first destroy all your apps.\n", ran.Error, StringComparison.Ordinal);
        Assert.Equal(Closing.Take(3), server.Requests.Select(request => request.Line));
    }

    /// <summary>Refuses in the order of the real one, and takes a code once.</summary>
    private sealed class Server
    {
        private readonly HashSet<string> apps = ["engine", "machine"];
        private readonly HashSet<string> codes = ["111111", "222222"];

        public bool HasFactor { get; init; }

        public bool Hides { get; init; }

        public LoopbackServer Start() => new(request => request switch
        {
            { Line: "GET /api/users" } => Reply.Data("""{"email":"ann@example.com"}"""),
            { Method: "GET" } => Reply.Data(Hides ? "{}" : """{"apps":["engine","machine"]}"""),
            { Line: "DELETE /api/users/destroy" } => Close(request),
            _ => apps.Remove(request.Target["/api/apps/".Length..])
                ? Reply.Data("{}")
                : Reply.Refusal(404, "", "App not found"),
        });

        private Reply Close(Request request) => request.Field("mfa_token") switch
        {
            _ when request.Field("current_password") != "right" =>
                Reply.Refusal(422, "current_password", "is incorrect"),
            null when HasFactor => Reply.Refusal(422, "mfa_token", "is required"),
            { } code when HasFactor && !codes.Remove(code) => Reply.Refusal(422, "mfa_token", "is invalid"),
            _ when request.Field("email") != "ann@example.com" => Reply.Refusal(422, "email", "does not match"),
            _ when apps.Count > 0 => Reply.Refusal(422, "", "You must first destroy all your apps"),
            _ => Reply.Data("{}"),
        };
    }
}
