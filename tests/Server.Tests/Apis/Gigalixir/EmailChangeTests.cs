using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Apis.Temporal;
using Gatehouse.Tests.Harness;
using Gatehouse.Tests.WebConsole;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Changing the address, and taking it back (wire 3.5; contract 4 and 6).</summary>
public sealed class EmailChangeTests
{
    private const string Email = "ada@example.org";
    private const string Next = "Countess@example.org";

    [Theory, EveryDatabase]
    public async Task Nothing_changes_before_the_next_address_confirms(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var links = await Ask(server, ada, Next);
        Assert.Equal(Email, (await server.Do(ada, "GET /api/users")).Data("email"));
        Assert.Equal(401, (await server.LogIn(Next, ada.Password)).Status);
        var confirmed = await Confirm(server, links.Confirm);
        Assert.Equal((200, Next), (confirmed.Status, confirmed.Data("email")));
        Assert.Equal(401, (await server.LogIn(Email, ada.Password)).Status);
        Assert.Equal(200, (await server.LogIn(Next, ada.Password)).Status);
        Assert.Equal((401, 200), (await server.StatusOfKey(Email, ada.Key), await server.StatusOfKey(Next, ada.Key)));
        Assert.Equal(Email, (await server.ReadMail(Email, "address was changed")).To);
        Assert.Equal(422, (await Confirm(server, links.Confirm)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Refused_requests_say_why_and_mail_nobody(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        (object Body, string Expected)[] requests =
        [
            (new { }, "\"next_email\":[\"is required\"]"),
            (new { next_email = "ada" }, "\"next_email\":[\"has invalid format\"]"),
            (new { next_email = 7 }, "\"next_email\":[\"has invalid format\"]"),
            (new { next_email = "ADA@example.org" }, "\"next_email\":[\"has already been taken\"]"),
            (new { next_email = Next, current_password = "wrong one" }, "\"current_password\":[\"is incorrect\"]"),
        ];
        foreach (var (body, expected) in requests)
        {
            var refused = await server.CallAs(ada, "POST /api/users/email", body);
            Assert.Equal((422, $"{{\"errors\":{{{expected}}}}}"), (refused.Status, refused.Body));
        }

        Assert.Single(await server.ReadMail());
    }

    [Theory, EveryDatabase]
    public async Task Second_request_voids_the_first(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var first = await Ask(server, ada, "eda@example.org");
        var second = await Ask(server, ada, Next);
        Assert.Equal(422, (await Confirm(server, first.Confirm)).Status);
        Assert.Equal(422, (await Revoke(server, first.Revoke)).Status);
        Assert.Equal(200, (await Confirm(server, second.Confirm)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Each_link_does_its_own_work_alone(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var links = await Ask(server, ada, Next);
        Assert.Equal(422, (await Confirm(server, links.Revoke)).Status);
        Assert.Equal(422, (await Revoke(server, links.Confirm)).Status);
        var reset = new { token = links.Confirm, password = "another horse battery" };
        Assert.Equal(422, (await server.Call("POST /api/users/reset_password", reset)).Status);
        Assert.Equal(422, (await server.Call("POST /api/users/confirm", new { token = links.Confirm })).Status);
    }

    [Theory, EveryDatabase]
    public async Task Revoking_before_it_was_confirmed_stops_it_and_ends_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var links = await Ask(server, ada, Next);
        var revoked = await Revoke(server, links.Revoke);
        Assert.Equal((200, Email, "False"), (revoked.Status, revoked.Data("email"), revoked.Data("password_needed")));
        Assert.Equal(422, (await Confirm(server, links.Confirm)).Status);
        Assert.Equal(422, (await Revoke(server, links.Revoke)).Status);
        Assert.Equal(200, await server.StatusOfKey(Email, ada.Key));
        Assert.Equal(200, (await server.LogIn(Email, ada.Password)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Revoking_within_a_week_takes_the_account_back_from_whoever_has_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var links = await Ask(server, ada, Next);
        Assert.Equal(200, (await Confirm(server, links.Confirm)).Status);
        var thief = await server.LogInAgain(ada with { Email = Next });
        var factor = await server.ActivateFactor(thief);
        server.Pass(TimeSpan.FromDays(6));
        thief = await server.LogInAgain(thief, factor.App.CodeAt(server.Now));
        var revoked = await Revoke(server, links.Revoke);
        Assert.Equal((200, Email, "True"), (revoked.Status, revoked.Data("email"), revoked.Data("password_needed")));
        Assert.False(revoked.Headers.ContainsKey("Set-Cookie"));
        foreach (var email in (string[])[Email, Next])
        {
            Assert.Equal(401, await server.StatusOfKey(email, thief.Key));
            Assert.Equal(401, (await server.LogIn(email, ada.Password)).Status);
        }

        await server.Call("PUT /api/users/reset_password", new { email = Email });
        var token = (await server.ReadMail(Email, "Reset")).Token;
        await server.Call("POST /api/users/reset_password", new { token, password = "another horse battery" });
        Assert.Equal(200, (await server.LogIn(Email, "another horse battery")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Revoking_ends_the_key_that_asked_and_every_login_and_spares_the_keys_of_programs(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var program = await server.Do(ada, "POST /api/account_keys", new { name = "ci" });
        await server.Do(ada, "POST /api/ssh_keys", new { ssh_key = SshKeyTests.Line(1) });
        var (thief, browser) = (await server.LogInAgain(ada), new Visitor(server));
        await browser.LogIn(ada);
        server.Pass(TimeSpan.FromSeconds(1));
        var links = await Ask(server, thief, Next);
        server.Pass(TimeSpan.FromSeconds(1));
        await server.Do(thief, "POST /api/ssh_keys", new { ssh_key = SshKeyTests.Line(2) });
        await Confirm(server, links.Confirm);
        await Revoke(server, links.Revoke);
        Assert.Equal(401, await server.StatusOfKey(Email, thief.Key));
        Assert.Equal(303, (await browser.Open("/account")).Status);
        var owner = ada with { Key = program.Data("key") };
        Assert.Equal([SshKeyTests.Line(1)], (await server.Do(owner, "GET /api/ssh_keys")).Json().EnumerateArray()
            .Select(key => key.GetProperty("key").GetString()!));
    }

    [Theory, EveryDatabase]
    public async Task Revoking_clears_the_old_address_of_whoever_named_it_meanwhile(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var links = await Ask(server, ada, Next);
        await Confirm(server, links.Confirm);
        await Member.Unconfirmed(server, "squatter", Email);
        await server.StartSignUp(Email);
        await Revoke(server, links.Revoke);
        Assert.Equal([ada.UserName], await server.Ask<Db, List<string>>(db =>
            db.Accounts.Where(account => account.Email == Email).Select(account => account.UserName).ToListAsync()));
        Assert.Equal(0, await server.Ask<Db, int>(db => db.SignUps.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Revoking_brings_an_account_back_that_the_thief_closed(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var links = await Ask(server, ada, Next);
        await Confirm(server, links.Confirm);
        await server.Do(ada with { Email = Next }, "DELETE /api/users/destroy", new { email = Next });
        Assert.Equal(200, (await Revoke(server, links.Revoke)).Status);
        await server.Call("PUT /api/users/reset_password", new { email = Email });
        Assert.Equal(Email, (await server.ReadMail(Email, "Reset")).To);
    }

    [Theory, EveryDatabase]
    public async Task Both_links_end_in_time(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var late = await Ask(server, ada, "eda@example.org");
        server.Pass(TimeSpan.FromHours(24));
        Assert.Equal(422, (await Confirm(server, late.Confirm)).Status);
        Assert.Equal(422, (await Revoke(server, late.Revoke)).Status);
        var links = await Ask(server, await server.LogInAgain(ada), Next);
        Assert.Equal(200, (await Confirm(server, links.Confirm)).Status);
        server.Pass(TimeSpan.FromDays(7));
        Assert.Equal(422, (await Revoke(server, links.Revoke)).Status);
        Assert.Equal(200, (await server.LogIn(Next, ada.Password)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Address_of_somebody_is_not_told_when_asking_and_refused_when_confirming(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        await server.SignUp("bob@example.org");
        var free = await server.CallAs(ada, "POST /api/users/email", new { next_email = "eda@example.org" });
        var taken = await server.CallAs(ada, "POST /api/users/email", new { next_email = "bob@example.org" });
        Assert.Equal(free.Shape, taken.Shape);
        var token = (await server.ReadMail("bob@example.org")).Token;
        var refused = await Confirm(server, token);
        Assert.Equal(
            (422, """{"errors":{"next_email":["has already been taken"]}}"""), (refused.Status, refused.Body));
        Assert.Equal(200, await server.StatusOfKey(Email, ada.Key));
        Assert.Equal(200, (await server.LogIn("bob@example.org", SignUpSteps.Password)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Confirming_and_revoking_at_once_never_both_take_effect(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Unlimited);
        await using var twin = await server.StartTwin(AccountSteps.Unlimited);
        for (var round = 0; round < Soak.Times(3, 200); round++)
        {
            var ada = await server.SignUp($"ada{round}@example.org");
            var links = await Ask(server, ada, $"eda{round}@example.org");
            var confirms = AccountSteps.Race(32, server, twin, node => Confirm(node, links.Confirm));
            var revokes = AccountSteps.Race(32, twin, server, node => Revoke(node, links.Revoke));
            Assert.Single(await revokes, answer => answer.Status == 200);
            var confirmed = (await confirms).Count(answer => answer.Status == 200);
            Assert.InRange(confirmed, 0, 1);
            Assert.All(
                (await confirms).Concat(await revokes),
                answer => Assert.True(answer.Status is 200 or 422, $"{answer}"));
            var told = await server.Ask<Db, int>(db => db.AuditEntries.CountAsync(entry =>
                entry.Event == AuditEvent.EmailChanged
                && db.Accounts.Any(account => account.Id == entry.AccountId && account.Email == ada.Email)));
            Assert.Equal(confirmed, told);
        }
    }

    private static async Task<(string Confirm, string Revoke)> Ask(TestServer server, Customer who, string next)
    {
        await server.Do(who, "POST /api/users/email", new { next_email = next });
        return ((await server.ReadMail(next)).Token, (await server.ReadMail(who.Email, "about to change")).Token);
    }

    private static Task<Answer> Confirm(TestServer server, string token) =>
        server.Call("POST /api/users/email/confirm", new { token });

    private static Task<Answer> Revoke(TestServer server, string token) =>
        server.Call("POST /api/users/email/revoke", new { token });
}
