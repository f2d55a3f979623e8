using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis;

/// <summary>The time of an answer does not tell whether there is an account (T1 to T3).</summary>
[Costly]
public sealed class TimingTests
{
    /// <summary>What an account may be, "taken" being one like most.</summary>
    private static readonly string[] Kinds =
        ["taken", "unknown", "unconfirmed", "suspended", "closed", "factor", "google"];

    [Theory, EveryDatabase]
    public async Task Login_takes_as_long_whatever_the_account(Engine engine)
    {
        await using var server = await TestServer.Start(engine, [.. AccountSteps.Roomy, .. TestServer.RealHashing]);
        await server.SignUp("ada@example.org");
        await server.Call("POST /api/free_users", new { email = "bob@example.org", password = SignUpSteps.Password });
        var cyd = await server.SignUp("cyd@example.org");
        await server.Do(cyd, "DELETE /api/users/destroy", new { email = cyd.Email });
        await server.ActivateFactor(await server.SignUp("dan@example.org"));
        await server.SignUp("eve@example.org");
        await server.Ask<Db, int>(db => db.Accounts.Where(account => account.Email == "eve@example.org")
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.PasswordHash, (string?)null)));
        await AnswerTimes.AreAlike(
            $"log-in with a wrong password, {engine}",
            Soak.Times(40, 2000),
            ("confirmed", _ => Guess("ada")), ("unconfirmed", _ => Guess("bob")), ("closed", _ => Guess("cyd")),
            ("second factor", _ => Guess("dan")), ("no password", _ => Guess("eve")), ("unknown", _ => Guess("fay")));

        async Task Guess(string name) =>
            Assert.Equal(401, (await server.LogIn($"{name}@example.org", "a wrong password")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Sign_up_and_reset_take_as_long_for_a_taken_address(Engine engine)
    {
        var rounds = Soak.Times(100, 500);
        await using var server = await TestServer.Start(engine, [.. AccountSteps.Roomy, .. TestServer.RealHashing]);
        await Populate(server, rounds + 1);
        var shapes = new HashSet<string>(StringComparer.Ordinal);
        await AnswerTimes.AreAlike(
            $"sign-up, {engine}",
            rounds,
            ("taken", i => SignUp($"taken{i}@example.org")),
            ("fresh", i => SignUp($"fresh{i}@example.org")));
        Assert.Single(shapes);
        shapes.Clear();
        await AnswerTimes.AreAlike(
            $"password reset, {engine}", rounds, [.. Kinds.Select(Resetting)]);
        Assert.Single(shapes);

        (string Class, Func<int, Task> Ask) Resetting(string kind) => (kind, i => Reset($"{kind}{i}@example.org"));
        async Task SignUp(string email) => shapes.Add((await server.Call("POST /api/signup", new { email })).Shape);
        async Task Reset(string email) =>
            shapes.Add((await server.Call("PUT /api/users/reset_password", new { email })).Shape);
    }

    [Theory, EveryDatabase]
    public async Task Whatever_mails_somebody_takes_as_long_when_there_is_nobody(Engine engine)
    {
        var rounds = Soak.Times(60, 500);
        await using var server = await TestServer.Start(engine, [.. AccountSteps.Roomy, .. TestServer.RealHashing]);
        var eve = await server.SignUp("eve@example.org");
        await Populate(server, rounds + 1);
        foreach (var what in (string[])["PUT /api/users/reconfirm_email", "POST /v2/forgot/username",
            "POST /v2/forgot/password", "POST /api/users/email"])
        {
            await AnswerTimes.AreAlike(
                $"{what}, {engine}",
                rounds,
                [.. Kinds.Select(kind => (kind, (Func<int, Task>)(i => Ask(what, $"{kind}{i}"))))]);
        }

        async Task Ask(string what, string name)
        {
            var email = $"{name}@example.org";
            var answer = await server.CallAs(eve, what, new { email, email_address = email, next_email = email });
            Assert.Equal((what, 200), (what, answer.Status));
        }
    }

    private static async Task Populate(TestServer server, int count) => await server.Ask<Db, int>(async db =>
    {
        foreach (var kind in Kinds.Where(kind => kind != "unknown"))
        {
            for (var i = 0; i < count; i++) Add(db, kind, $"{kind}{i}@example.org", server.Now);
        }

        await db.SaveChangesAsync();
        await db.Accounts.Where(account => account.Email.StartsWith("suspended"))
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.SuspendedAt, server.Now));
        return await db.Accounts.Where(account => account.Email.StartsWith("closed"))
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.ClosedAt, server.Now));
    });

    private static void Add(Db db, string kind, string email, DateTime now)
    {
        var address = new EmailAddress(email, email);
        var account = Account.Open(
            address, kind == "google" ? null : "a hash", kind == "unconfirmed" ? null : now, now);
        db.Accounts.Add(account);
        var identity = new ProvenIdentity("https://issuer.example", email, address);
        if (kind == "google") db.ExternalLogins.Add(ExternalLogin.Link(account.Id, identity, now));
        if (kind != "factor") return;
        var factor = db.SecondFactors.Add(SecondFactor.Start(account.Id, [1]));
        factor.Property(f => f.ActivatedAt).CurrentValue = now;
    }
}
