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
            rounds, ("taken", i => SignUp($"taken{i}@example.org")), ("fresh", i => SignUp($"fresh{i}@example.org")));
        Assert.Single(shapes);
        shapes.Clear();
        await AnswerTimes.AreAlike(
            rounds, ("known", i => Reset($"taken{i}@example.org")), ("unknown", i => Reset($"other{i}@example.org")));
        Assert.Single(shapes);

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
                rounds, ("known", i => Ask(what, $"taken{i}")), ("unknown", i => Ask(what, $"other{i}")));
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
        for (var i = 0; i < count; i++)
        {
            var email = new EmailAddress($"taken{i}@example.org", $"taken{i}@example.org");
            db.Accounts.Add(Account.Open(email, passwordHash: null, server.Now, server.Now));
        }

        return await db.SaveChangesAsync();
    });
}
