using System.Net;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Journeys;

public class SignUpTests
{
    private static readonly string Password = new Person().Password;
    private readonly string email = new Person().Email;

    [Theory, EveryDatabase]
    public async Task A_person_signs_up_in_a_terminal_and_looks_logs_out_and_in(string database)
    {
        var server = await TestRun.Server(database);
        using var cli = new Cli(server.Url);
        await using (var signUp = await cli.RunInTerminal("signup"))
        {
            await signUp.Answer("Email:", email);
            await signUp.Answer("Confirmation code:", Person.CodeOf(await server.Mailbox.Next(email, "confirm")));
            await signUp.Answer("Password:", Password);
            await signUp.Answer("Tier:", "1");
            await signUp.Answer("Do you wish to proceed? [Y/n]:", "");
            Assert.Equal(0, await signUp.Exit());
            await OnlyAskedInOrder(signUp);
        }

        await ShowsTheAccount(cli);
        await Succeeds(cli, "logout");
        Assert.Equal(4, (await cli.Run(["account"])).ExitCode);
        await Succeeds(cli, "logout");
        await using (var logIn = await cli.RunInTerminal("login"))
        {
            await logIn.Answer("Email:", email);
            await logIn.Answer("Password:", Password);
            var screen = await logIn.Shows($"Logged in as {email}.");
            Assert.DoesNotContain(Password, screen, StringComparison.Ordinal);
            Assert.Equal(0, await logIn.Exit());
        }

        await ShowsTheAccount(cli);
    }

    [Theory, EveryDatabase]
    public async Task Lines_of_standard_input_answer_too(string database)
    {
        var server = await TestRun.Server(database);
        using var cli = new Cli(server.Url);
        await using var signUp = await cli.Start("signup");
        await signUp.Type(email);
        await signUp.Type(Person.CodeOf(await server.Mailbox.Next(email, "confirm")));
        await signUp.Say(Password, "1", "y");

        Assert.True(await signUp.Exit() == 0, signUp.Output);
        Assert.Empty(signUp.Stdout);
        await ShowsTheAccount(cli);
    }

    [Fact]
    public async Task A_missing_line_names_the_flag_that_supplies_it()
    {
        var server = await TestRun.Server();
        using var cli = new Cli(server.Url);
        var outcome = await cli.Run(["signup"], email);

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("--code", outcome.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saying_no_at_the_end_makes_no_account()
    {
        var server = await TestRun.Server();
        using var cli = new Cli(server.Url);
        await using var signUp = await cli.Start("signup");
        await signUp.Type(email);
        await signUp.Type(Person.CodeOf(await server.Mailbox.Next(email, "confirm")));
        await signUp.Say(Password, "1", "n");

        Assert.Equal(3, await signUp.Exit());
        Assert.False(File.Exists(cli.Netrc));
        Assert.Equal(1, (await server.Operate("admin", "account:show", email)).ExitCode);
    }

    [Fact]
    public async Task A_closed_terminal_is_resumed()
    {
        var server = await TestRun.Server();
        using var cli = new Cli(server.Url);
        await using (var closed = await cli.RunInTerminal("signup"))
        {
            await closed.Answer("Email:", email);
            await closed.Shows("Confirmation code:");
        }

        await using var resumed = await cli.RunInTerminal("signup", "--resume");
        await resumed.Shows(email);
        await resumed.Answer("Confirmation code:", Person.CodeOf(await server.Mailbox.Next(email, "confirm")));
        await resumed.Answer("Password:", Password);
        await resumed.Answer("Tier:", "free");
        await resumed.Answer("Do you wish to proceed?", "y");
        Assert.Equal(0, await resumed.Exit());
        Assert.Equal(1, (await cli.Run(["signup", "--resume"])).ExitCode);
        await ShowsTheAccount(cli);
    }

    [Fact]
    public async Task The_link_of_the_mail_and_Enter_will_do()
    {
        var server = await TestRun.Server();
        using var cli = new Cli(server.Url);
        await using var signUp = await cli.RunInTerminal("signup");
        await signUp.Answer("Email:", email);
        await signUp.Shows("Confirmation code:");
        var token = Person.TokenOf(await server.Mailbox.Next(email, "confirm"));
        var confirmed = await server.Http.PostJson("/api/users/confirm", new { token });
        Assert.Equal(HttpStatusCode.OK, confirmed.Status);

        await signUp.Press("Enter");
        await signUp.Answer("Password:", Password);
        await signUp.Answer("Tier:", "1");
        await signUp.Answer("Do you wish to proceed?", "");
        Assert.Equal(0, await signUp.Exit());
        await ShowsTheAccount(cli);
        var again = await server.Http.PostJson("/api/users/confirm", new { token });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
    }

    /// <summary>The documented order, each question once and each answer but the password visible.</summary>
    private async Task OnlyAskedInOrder(Terminal terminal)
    {
        var screen = await terminal.Screen();
        string[] questions = ["Email:", "Confirmation code:", "Password:", "Tier:", "Do you wish to proceed?"];
        var places = questions.Select(question => screen.IndexOf(question, StringComparison.Ordinal)).ToList();
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain("Promo code", screen, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, screen, StringComparison.Ordinal);
        Assert.Contains($"logged in as {email}", screen, StringComparison.Ordinal);
    }

    private async Task ShowsTheAccount(Cli cli)
    {
        await using var terminal = await cli.RunInTerminal("account");
        Assert.Equal(0, await terminal.Exit());
        var screen = await terminal.Screen();
        Assert.Matches($@"Email\s+{email}", screen);
        Assert.Matches(@"User name\s+[a-z]+-[a-z]+-[0-9]+", screen);
        Assert.Matches(@"Tier\s+(FREE|Free)", screen);
        Assert.Matches(@"Credits\s+\S*0\.00", screen);
        Assert.DoesNotContain("gate_", screen, StringComparison.Ordinal);
    }

    private static async Task Succeeds(Cli cli, string command)
    {
        var outcome = await cli.Run([command]);
        Assert.True(outcome.ExitCode == 0, outcome.Stderr);
    }
}
