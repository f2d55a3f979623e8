using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Accounts;
using Gatehouse.Features.SshKeys;
using Gatehouse.Tests.Apis.Temporal;
using Gatehouse.Tests.Harness;
using Gatehouse.Tests.WebConsole;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Features.Credentials;

/// <summary>
/// A password takes its time to be compared, and somebody else may know it. Whatever the owner does meanwhile, at
/// another node, to lock that somebody out, counts.
/// </summary>
public sealed class MeanwhileTests
{
    private const string Next = "another horse battery";
    private const string Theirs = "a third horse battery";
    private const string Loaded = "undo_hash";
    private const string SshKeyLine =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB ada@laptop";

    /// <summary>Every change of how one gets in.</summary>
    private static readonly (string What, object Body)[] Changes =
    [
        ("PATCH /api/users/change_password", new { new_password = Theirs }),
        (
            "PATCH /api/users/change_password",
            new { current_password = SignUpSteps.Password, new_password = Theirs }),
        ("POST /api/api_keys/regenerate", new { current_password = SignUpSteps.Password }),
        ("POST /api/account_keys", new { name = "ci" }),
        ("DELETE /api/account_keys/kept", new { }),
        ("POST /api/users/email", new { next_email = "thief@example.org" }),
        ("POST /api/mfa/start", new { }),
        ("PUT /api/payment_methods", new { stripe_token = "tok_visa" }),
        ("POST /api/upgrade", new { stripe_token = "tok_visa" }),
        ("DELETE /api/users/destroy", new { email = "ada@example.org" }),
    ];

    [Theory, EveryDatabase]
    public async Task Reset_by_the_owner_overtakes_every_change_in_flight(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Unlimited);
        await using var twin = await server.StartTwin(AccountSteps.Unlimited);
        var ada = await server.SignUp();
        foreach (var (what, body) in Changes)
        {
            await server.Do(ada, "POST /api/account_keys", new { name = "kept" });
            var before = await Made(server);
            using var interruption = new Interruption(server, Loaded, await Resetting(twin, ada, Next));
            var late = await server.CallAs(ada, what, body);
            Assert.True(interruption.Happened, what);
            Assert.Equal((what, 401), (what, late.Status));
            Assert.Equal((what, before with { Keys = 0 }), (what, await Made(server)));
            Assert.Equal((what, 401), (what, (await server.LogIn(ada.Email, Theirs)).Status));
            Assert.Equal((what, 200), (what, (await twin.LogIn(ada.Email, Next)).Status));
            await (await Resetting(twin, ada, ada.Password))();
            ada = await server.LogInAgain(ada);
        }
    }

    [Theory, EveryDatabase]
    public async Task Key_that_ended_after_it_was_checked_adds_no_ssh_key(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        var key = await server.Ask<Db, ApiKey>(db => db.ApiKeys.AsNoTracking().SingleAsync());
        var presented = new PresentedKey(key.AccountId, key.Id, new Secret(ada.Key), key.LoggedInAt, new Scopes(""));
        var caller = new Caller("203.0.113.7", "tests", "1", presented);
        await (await Resetting(server, ada, Next))();
        var added = await server.Ask<AddSshKey, Outcome<SshKey>>(
            add => add.Run(caller, SshKeyLine, CancellationToken.None));
        Assert.Equal(Reason.NotLoggedIn, added.Refusal?.Reason);
        Assert.Equal(0, await server.Ask<Db, int>(db => db.SshKeys.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Revocation_of_the_address_overtakes_a_change_of_password_in_flight(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await server.SignUp();
        await server.Do(ada, "POST /api/users/email", new { next_email = "thief@example.org" });
        var confirm = (await server.ReadMail("thief@example.org")).Token;
        var revoke = (await server.ReadMail(ada.Email, "about to change")).Token;
        await server.Call("POST /api/users/email/confirm", new { token = confirm });
        var thief = new Visitor(server);
        await thief.LogIn(ada with { Email = "thief@example.org" });
        var page = await thief.Open("/account/password");
        using var interruption = new Interruption(
            server, Loaded, () => twin.Call("POST /api/users/email/revoke", new { token = revoke }));
        await thief.SendTo("/account/password", page, ("current_password", ada.Password), ("new_password", Theirs));
        Assert.True(interruption.Happened);
        foreach (var address in (string[])[ada.Email, "thief@example.org"])
            Assert.Equal(401, (await server.LogIn(address, Theirs)).Status);
        Assert.Equal(303, (await thief.Open("/account")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Login_that_was_proven_before_a_reset_opens_nothing_after_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Unlimited);
        await using var twin = await server.StartTwin(AccountSteps.Unlimited);
        var ada = await server.SignUp();
        await Overtaken(
            server,
            ada,
            Loaded,
            async () => await (await Resetting(twin, ada, Next))(),
            async () => await (await Resetting(twin, ada, ada.Password))());
    }

    [Theory, EveryDatabase]
    public async Task Login_that_was_proven_before_the_closing_opens_nothing_after_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Unlimited);
        await using var twin = await server.StartTwin(AccountSteps.Unlimited);
        var ada = await server.SignUp();
        var owner = ada;
        await Overtaken(
            server,
            ada,
            Loaded,
            () => twin.Do(owner, "DELETE /api/users/destroy", new { email = ada.Email }),
            async () =>
            {
                var token = (await server.ReadMail(ada.Email, "account was closed")).Token;
                await server.Ask<ReopenAccount, bool>(async reopen =>
                    (await reopen.Run(Caller.Operator, token, CancellationToken.None)).Refusal is null);
                owner = await twin.LogInAgain(ada);
            });
    }

    [Theory, EveryDatabase]
    public async Task Login_that_was_proven_before_a_factor_came_opens_nothing_after_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Unlimited);
        await using var twin = await server.StartTwin(AccountSteps.Unlimited);
        var ada = await server.SignUp();
        var owner = ada;
        await Overtaken(
            server,
            ada,
            "second_factors",
            () => twin.ActivateFactor(owner),
            async () =>
            {
                await server.Ask<Db, int>(db => db.SecondFactors.ExecuteDeleteAsync());
                owner = await twin.LogInAgain(ada);
            });
    }

    [Theory, EveryDatabase]
    public async Task Hash_with_new_parameters_never_takes_the_place_of_a_new_password(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Unlimited);
        await using var twin = await server.StartTwin(
        [
            .. AccountSteps.Unlimited,
            ("Accounts:Hashing:MemoryKiB", "9216"), ("Accounts:Hashing:Passes", "4"),
        ]);
        var ada = await server.SignUp();
        using (var faster = new Interruption(server, Loaded, () => twin.LogInAgain(ada)))
        {
            await twin.LogInAgain(ada);
            Assert.True(faster.Happened);
        }

        await (await Resetting(server, ada, Next))();
        await (await Resetting(server, ada, ada.Password))();
        using var reset = new Interruption(server, Loaded, await Resetting(server, ada, Next));
        Assert.Equal(401, (await twin.LogIn(ada.Email, ada.Password)).Status);
        Assert.Equal(401, (await server.LogIn(ada.Email, ada.Password)).Status);
        Assert.Equal(200, (await server.LogIn(ada.Email, Next)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Key_of_a_closed_account_opens_nothing_even_if_it_is_there(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.Ask<Db, int>(db =>
            db.Accounts.ExecuteUpdateAsync(set => set.SetProperty(account => account.ClosedAt, server.Now)));
        Assert.Equal(401, await server.StatusOfKey(ada.Email, ada.Key));
    }

    /// <summary>On all surfaces the right password is answered as a wrong one, and no key or login is left.</summary>
    private static async Task Overtaken(
        TestServer server, Customer ada, string after, Func<Task> meanwhile, Func<Task> back)
    {
        (string Where, Func<Task<int>> LogIn)[] surfaces =
        [
            ("/api", async () => (await server.LogIn(ada.Email, ada.Password)).Status),
            ("/v2", async () => (await Member.LogIn(server, ada.UserName, ada.Password)).Status),
            ("console", async () =>
            {
                var visitor = new Visitor(server);
                var page = await visitor.Open("/login");
                await visitor.SendTo("/login", page, ("name", ada.Email), ("password", ada.Password));
                return (await visitor.Open("/account")).Status == 303 ? 401 : 200;
            }),
        ];
        foreach (var (where, logIn) in surfaces)
        {
            using (var interruption = new Interruption(server, after, meanwhile))
            {
                Assert.Equal((where, 401), (where, await logIn()));
                Assert.True(interruption.Happened, where);
            }

            Assert.Equal((where, 0, 0), (where, (await Made(server)).Keys, (await Made(server)).Sessions));
            await back();
            await server.Ask<Db, int>(db => db.Sessions.ExecuteDeleteAsync());
        }
    }

    /// <summary>A reset by mail, asked for now and done when it is called.</summary>
    private static async Task<Func<Task>> Resetting(TestServer node, Customer who, string password)
    {
        await node.Call("PUT /api/users/reset_password", new { email = who.Email });
        var token = (await node.ReadMail(who.Email, "Reset")).Token;
        return async () =>
        {
            var done = await node.Call("POST /api/users/reset_password", new { token, password });
            Assert.True(done.Status == 200, done.ToString());
        };
    }

    private static Task<Things> Made(TestServer server) => server.Ask<Db, Things>(async db => new Things(
        await db.ApiKeys.CountAsync(),
        await db.Sessions.CountAsync(),
        await db.EmailChanges.CountAsync(),
        await db.SecondFactors.CountAsync(),
        await db.SshKeys.CountAsync(),
        await db.PaymentMethods.CountAsync(),
        await db.Accounts.CountAsync(account => account.ClosedAt != null)));

    private sealed record Things(int Keys, int Sessions, int Changes, int Factors, int SshKeys, int Cards, int Closed);
}
