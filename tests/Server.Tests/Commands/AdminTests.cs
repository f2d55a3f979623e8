using System.Text.Json;
using Gatehouse.Commands;
using Gatehouse.Data;
using Gatehouse.Tests.Apis.Temporal;
using Gatehouse.Tests.Harness;
using Gatehouse.Tests.WebConsole;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Commands;

/// <summary>The operator's verbs, as they are typed.</summary>
public sealed class AdminTests
{
    [Theory, EveryDatabase]
    public async Task Account_is_found_by_address_name_and_id(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        var shown = await Admin(server, "account:show", ada.Email.ToUpperInvariant());
        var account = JsonDocument.Parse(shown.Output).RootElement;
        Assert.Equal(ada.UserName, account.GetProperty("user_name").GetString());
        Assert.Equal("FREE active", $"{account.GetProperty("tier")} {account.GetProperty("status")}");
        Assert.DoesNotContain("hash", shown.Output, StringComparison.OrdinalIgnoreCase);
        foreach (var name in new[] { ada.UserName, account.GetProperty("id").GetString()! })
            Assert.Equal(shown.Output, (await Admin(server, "account:show", name)).Output);
        var missing = await Admin(server, "account:show", "nobody@example.org");
        Assert.Equal((1, "", "There is no account nobody@example.org.\n"), missing);
    }

    [Theory, EveryDatabase]
    public async Task Accounts_are_listed_by_tier_and_status(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.SignUp();
        await server.SignUp("bob@example.org");
        await Admin(server, "account:suspend", "bob@example.org", "--reason", "unpaid");
        Assert.Equal(["bob@example.org", "ada@example.org"], Emails(await Admin(server, "account:list")));
        Assert.Equal(["bob@example.org"], Emails(await Admin(server, "account:list", "--status", "suspended")));
        var active = await Admin(server, "account:list", "--status=active", "--tier=FREE");
        Assert.Equal(["ada@example.org"], Emails(active));
        Assert.Empty(Emails(await Admin(server, "account:list", "--tier", "standard")));
        Assert.Equal(1, (await Admin(server, "account:list", "--status", "asleep")).Exit);
    }

    [Theory, EveryDatabase]
    public async Task After_a_restored_backup_all_access_is_ended_by_one_verb(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, bob) = (await server.SignUp(), await Member.Join(server, "bob", "bob@example.org"));
        var browser = new Visitor(server);
        await browser.LogIn(ada);
        Assert.Equal(2, (await Admin(server, "access:revoke-all")).Exit);
        Assert.Equal(200, await server.StatusOfKey(ada.Email, ada.Key));
        Assert.Equal(
            (0, "Every key, login and open link of 2 accounts has ended.\n", ""),
            await Admin(server, "access:revoke-all", "--reason", "restored"));
        Assert.Equal(401, await server.StatusOfKey(ada.Email, ada.Key));
        Assert.Equal(303, (await browser.Open("/account")).Status);
        Assert.Contains("token has been revoked", await bob.Standing(), StringComparison.Ordinal);
        ada = await server.LogInAgain(ada);
        Assert.Contains("restored", (await server.Do(ada, "GET /api/activity")).Body, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Suspension_comes_and_goes_with_its_reason(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        Assert.Equal(
            (0, $"{ada.UserName} ({ada.Email}) is suspended.\n", ""),
            await Admin(server, "account:suspend", ada.Email, "--reason", "mining"));
        Assert.Equal(1, (await Admin(server, "account:suspend", ada.Email, "--reason", "again")).Exit);
        Assert.Contains("suspended", (await server.ReadMail(ada.Email)).Subject, StringComparison.Ordinal);
        Assert.Equal(200, await server.StatusOfKey(ada.Email, ada.Key));
        Assert.Equal(0, (await Admin(server, "account:restore", ada.Email, "--reason=talked")).Exit);
        Assert.Equal(1, (await Admin(server, "account:restore", ada.Email, "--reason=again")).Exit);
        var activity = (await server.Call("GET /api/activity", authorization: ada.Basic)).Body;
        Assert.Contains("account.suspended", activity, StringComparison.Ordinal);
        Assert.Contains("gatehouse admin: mining", activity, StringComparison.Ordinal);
        Assert.Contains("account.restored", activity, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Account_that_a_thief_locked_goes_back_to_whoever_reads_its_mail(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        var thief = (await server.ActivateFactor(ada)).App;
        server.Pass(TimeSpan.FromMinutes(1)); // a code works once
        var stolen = await server.LogInAgain(ada, thief.CodeAt(server.Now));
        Assert.Equal(0, (await Admin(server, "account:recover", ada.Email, "--reason", "lost phone")).Exit);
        Assert.Equal(401, await server.StatusOfKey(ada.Email, stolen.Key));
        server.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(401, (await server.LogInWith(ada, thief.CodeAt(server.Now))).Status);
        Assert.Equal(401, (await server.LogInWith(ada, null)).Status);
        var mail = await server.ReadMail(ada.Email);
        Assert.Contains("waits for a new password", mail.Subject, StringComparison.Ordinal);
        await server.Call("PUT /api/users/reset_password", new { email = ada.Email });
        var token = (await server.ReadMail(ada.Email)).Token;
        var reset = await server.Call("POST /api/users/reset_password", new { token, password = "a new one 4 Ada" });
        Assert.Equal(200, reset.Status);
        ada = await server.LogInAgain(ada with { Password = "a new one 4 Ada" });
        var activity = (await server.Do(ada, "GET /api/activity")).Body;
        Assert.Contains("account.recovered", activity, StringComparison.Ordinal);
        Assert.Contains("gatehouse admin: lost phone", activity, StringComparison.Ordinal);
        Assert.Equal(1, (await Admin(server, "account:recover", "nobody", "--reason", "x")).Exit);
    }

    [Theory, EveryDatabase]
    public async Task Credits_are_given_and_taken_back(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        var given = await Admin(server, "credit:grant", ada.Email, "12.345678901", "--reason", "sorry");
        Assert.Equal((0, $"{ada.Email} has $12.345678901 of credits now.\n", ""), given);
        var expiring = await Admin(
            server, "credit:grant", ada.Email, "5", "--reason", "fair", "--expires", "2027-06-20");
        Assert.Equal($"{ada.Email} has $17.345678901 of credits now.\n", expiring.Output);
        var account = await server.Call("GET /api/users", authorization: ada.Basic);
        Assert.Equal("1734", account.Data("credit_cents"));
        Assert.Equal(0, (await Admin(server, "credit:take", ada.Email, "7", "--reason", "twice")).Exit);
        var tooMuch = await Admin(server, "credit:take", ada.Email, "10.345678902", "--reason", "all");
        Assert.Equal((1, "", $"{ada.Email} has less than that.\n"), tooMuch);
        server.Pass(TimeSpan.FromDays(6));
        await server.RunJobs();
        Assert.Equal("1034", (await server.Call("GET /api/users", authorization: ada.Basic)).Data("credit_cents"));
        Assert.Equal((0, "3 postings checked, 0 faults.\n", ""), await Admin(server, "ledger:verify"));
        Assert.Contains("credits.granted", (await server.Call("GET /api/activity", authorization: ada.Basic)).Body);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("1e3")]
    [InlineData("0.0000000001")]
    [InlineData("9223372036854775808")]
    [InlineData("ten")]
    public async Task Amount_that_is_none_is_refused(string amount)
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var ada = await server.SignUp();
        Assert.Equal(1, (await Admin(server, "credit:grant", ada.Email, amount, "--reason", "test")).Exit);
        Assert.Equal(0, await server.Ask<Db, int>(db => db.LedgerTransactions.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Changed_books_are_noticed(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await Admin(server, "credit:grant", ada.Email, "10", "--reason", "test");
        await server.RunJobs();
        await server.Ask<Db, int>(db => db.LedgerAccounts.ExecuteUpdateAsync(
            set => set.SetProperty(account => account.Balance, account => account.Balance + 1)));
        var verified = await Admin(server, "ledger:verify");
        Assert.Equal(1, verified.Exit);
        Assert.Contains("Promo of", verified.Error, StringComparison.Ordinal);
        Assert.Contains("1 postings checked, 1 faults.", verified.Output, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(
            () => server.Ask<Db, int>(db => db.LedgerEntries.ExecuteDeleteAsync()));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => server.Ask<Db, int>(
            db => db.LedgerEntries.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Amount, 7))));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => server.Ask<Db, int>(
            db => db.LedgerTransactions.ExecuteUpdateAsync(set => set.SetProperty(posting => posting.Memo, "x"))));
    }

    [Theory]
    [InlineData("ADDRESS|NAME|ID is missing.", "account:show")]
    [InlineData("--reason TEXT is missing.", "account:suspend", "ada@example.org")]
    [InlineData("--reason TEXT is missing.", "account:suspend", "ada@example.org", "--reason")]
    [InlineData("There is no option --force.", "account:restore", "ada@example.org", "--reason", "x", "--force")]
    [InlineData("AMOUNT is missing.", "credit:take", "ada@example.org")]
    public async Task Mistyped_verb_says_how_it_is_typed(string mistake, params string[] words)
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var ran = await Admin(server, words);
        Assert.Equal(2, ran.Exit);
        Assert.StartsWith($"{mistake} It is: admin {words[0]} ", ran.Error, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Error)> Admin(TestServer server, params string[] words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exit = await Gatehouse.Commands.Admin.Run(server.Services, Verb.Parse(["admin", .. words]), output, error);
        return (exit, output.ToString(), error.ToString());
    }

    private static IEnumerable<string?> Emails((int Exit, string Output, string Error) ran) =>
        JsonDocument.Parse(ran.Output).RootElement.EnumerateArray().Select(a => a.GetProperty("email").GetString());
}
