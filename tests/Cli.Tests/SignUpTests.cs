using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class SignUpTests : IDisposable
{
    private const string OneTier = """{"uuid":"u-1","tiers":[{"name":"FREE","summary":"1 app"}],"promo_codes":false}""";

    private const string Everything = """
        {"uuid":"u-1","mailbox_url":"http://127.0.0.1:5080/dev/mail","promo_codes":true,"password_minimum":8,
         "tiers":[{"name":"FREE","summary":"1 app"},{"name":"STANDARD","summary":"100 apps"}],
         "terms_url":"http://127.0.0.1:5080/terms"}
        """;

    private readonly Machine machine = new();

    public void Dispose() => machine.Dispose();

    [Fact]
    public async Task Lines_of_input_answer_in_the_documented_order()
    {
        await using var server = SignUpServer.Offering(OneTier);

        var ran = await machine.RunWith(
            ["ann@example.com", "123456", " a long password", ""], "signup", "--host", server.Address);

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal("", ran.Output);
        Assert.Equal(
            """
            {"email":"ann@example.com"}
            {"uuid":"u-1","confirmation_code":"123456"}
            {"uuid":"u-1","password":" a long password"}
            {"uuid":"u-1","tier":"FREE"}
            """,
            string.Join('\n', server.Requests.Select(request => request.Body)));
        Assert.All(server.Requests, request => Assert.Equal("POST /api/signup", request.Line));
        Assert.Equal("machine 127.0.0.1\n\tlogin ann@example.com\n\tpassword gate_1\n", machine.Netrc);
        Assert.Contains("Welcome, calm-otter-4821.", ran.Error);
        Assert.Empty(Directory.GetFiles(machine.Home, "signup", SearchOption.AllDirectories));
        Assert.Equal($"{server.Address}\n", File.ReadAllText(Path.Combine(machine.Home, ".config/gatehouse/server")));
    }

    [Fact]
    public async Task Only_what_the_server_offers_is_asked()
    {
        await using var server = SignUpServer.Offering(Everything);

        var ran = await machine.RunWith(
            ["ann@example.com", "123456", "a long password", "", "2", "yes"], "signup", "--host", server.Address);

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal("STANDARD", server.Requests.Last().Field("tier"));
        Assert.Equal(
            """
            Email:
            Confirmation code:
            Password:
            Promo code [enter to skip]:
            Tier:
            Do you wish to proceed? [Y/n]:
            """.ReplaceLineEndings(" \n") + ' ',
            string.Join('\n', ran.Error.Split('\n').Where(line => line.EndsWith(": ", StringComparison.Ordinal))));
        Assert.Contains($"Creating an account at {server.Address}.", ran.Error);
        Assert.Contains("Development server: read the mail at http://127.0.0.1:5080/dev/mail", ran.Error);
        Assert.Contains("http://127.0.0.1:5080/terms", ran.Error);
    }

    [Fact]
    public async Task Flags_answer_everything()
    {
        await using var server = SignUpServer.Offering(Everything);

        var ran = await machine.Run(
            "signup", "--email", "ann@example.com", "--code", "123456", "--password", "a long password",
            "--tier", "free", "--yes", "--no-input", "--host", server.Address);

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal("FREE", server.Requests.Last().Field("tier"));
    }

    [Fact]
    public async Task Promo_code_decides_the_tier()
    {
        await using var server = SignUpServer.Offering(Everything);

        var ran = await machine.RunWith(
            ["ann@example.com", "123456", "a long password", "WRONG", "SPRING", "y"],
            "signup", "--host", server.Address);

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal("STANDARD", server.Requests.Last().Field("tier"));
        Assert.Contains("Promo code is invalid.", ran.Error);
    }

    [Fact]
    public async Task Refused_answer_is_asked_for_again()
    {
        await using var server = SignUpServer.Offering(OneTier);

        var ran = await machine.RunWith(
            ["ann", "ann@example.com", "000000", "123456", "short", "a long password", "perhaps", "y"],
            "signup", "--host", server.Address);

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("Email has invalid format.", ran.Error);
        Assert.Contains("Confirmation code is invalid.", ran.Error);
        Assert.Contains("Password should be at least 8 character(s).", ran.Error);
        Assert.Contains("Please answer y or n.", ran.Error);
    }

    [Fact]
    public async Task Refused_flag_ends_it()
    {
        await using var server = SignUpServer.Offering(OneTier);

        var ran = await machine.Run(
            "signup", "--email", "ann@example.com", "--code", "000000", "--host", server.Address);

        Assert.Equal(1, ran.ExitCode);
        Assert.EndsWith("Confirmation code is invalid.\n", ran.Error);
    }

    [Fact]
    public async Task Enter_at_the_code_means_that_the_link_was_used()
    {
        await using var server = SignUpServer.Offering(OneTier);

        await machine.RunWith(["ann@example.com", ""], "signup", "--host", server.Address);

        Assert.Equal("", server.Requests.Last().Field("confirmation_code"));
    }

    [Fact]
    public async Task No_at_the_end_makes_no_account()
    {
        await using var server = SignUpServer.Offering(OneTier);

        var ran = await machine.RunWith(
            ["ann@example.com", "123456", "a long password", "n"], "signup", "--host", server.Address);

        Assert.Equal(3, ran.ExitCode);
        Assert.DoesNotContain(server.Requests, request => request.Field("tier") is not null);
        Assert.Equal("", machine.Netrc);
    }

    [Theory]
    [InlineData(0, "--email")]
    [InlineData(1, "--code")]
    [InlineData(2, "--password-file or --password-stdin")]
    [InlineData(3, "--promo-code")]
    [InlineData(4, "--tier")]
    [InlineData(5, "--yes")]
    public async Task End_of_input_names_the_flag_that_is_missing(int given, string flag)
    {
        await using var server = SignUpServer.Offering(Everything);
        string[] answers = ["ann@example.com", "123456", "a long password", "", "1"];

        var ran = await machine.RunWith(answers[..given], "signup", "--host", server.Address);

        Assert.Equal(2, ran.ExitCode);
        Assert.EndsWith($"{flag} supplies it.\n", ran.Error);
    }

    [Fact]
    public async Task Too_many_tries_are_a_limit()
    {
        await using var server = new LoopbackServer(request => request.Field("email") is not null
            ? new Reply(200, $$"""{"data":{{OneTier}}}""")
            : new Reply(429, """{"errors":{"":["Too many attempts. Please try again later."]}}"""));

        var ran = await machine.RunWith(["ann@example.com", "1", "2"], "signup", "--host", server.Address);

        Assert.Equal(6, ran.ExitCode);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Tier_that_is_not_offered_is_refused()
    {
        await using var server = SignUpServer.Offering(OneTier);

        var ran = await machine.RunWith(
            ["ann@example.com", "123456", "a long password"], "signup", "--tier", "gold", "--host", server.Address);

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("Choose 1 (Free).", ran.Error);
    }
}
