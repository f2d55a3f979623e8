using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Nobody learns that an address is taken, and nobody squats one (T1, T19).</summary>
public sealed class TakenAddressTests
{
    private const string Owner = "ada@example.org";
    private const string Password = "something else entirely";

    [Theory, EveryDatabase]
    public async Task Taken_address_is_answered_like_a_fresh_one(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.SignUp(Owner);
        var taken = await server.Step(new { email = Owner });
        var fresh = await server.Step(new { email = "bob@example.org" });
        Assert.Equal(fresh.Shape, taken.Shape);
        Assert.Equal(fresh.Body.Length, taken.Body.Length);
        var freshly = await server.Step(new { uuid = fresh.Data("uuid") });
        var again = await server.Step(new { uuid = taken.Data("uuid") });
        Assert.Equal(freshly.Shape.Replace("bob@", "ada@", StringComparison.Ordinal), again.Shape);
    }

    [Theory, EveryDatabase]
    public async Task Every_later_step_of_it_is_answered_alike(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.SignUp(Owner);
        var (taken, fresh) = (await server.StartSignUp(Owner), await server.StartSignUp("bob@example.org"));
        var wrong = (await server.ReadMail("bob@example.org")).Code == "123456" ? "654321" : "123456";
        for (var i = 0; i < 7; i++)
        {
            var hollow = await server.Call("POST /api/signup", new { uuid = taken, confirmation_code = wrong });
            var real = await server.Call("POST /api/signup", new { uuid = fresh, confirmation_code = wrong });
            Assert.Equal(real.Shape, hollow.Shape);
            Assert.Equal(i < 5 ? 422 : 429, hollow.Status);
        }

        server.Pass(TimeSpan.FromMinutes(15));
        Assert.Equal(
            (await server.Call("POST /api/signup", new { uuid = fresh, confirmation_code = wrong })).Shape,
            (await server.Call("POST /api/signup", new { uuid = taken, confirmation_code = wrong })).Shape);
    }

    [Theory, EveryDatabase]
    public async Task Owner_is_told_at_most_once_a_day(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.SignUp(Owner);
        for (var i = 0; i < 2; i++) await server.StartSignUp(Owner.ToUpperInvariant(), $"198.51.100.{i}");
        var mails = await server.ReadMail();
        Assert.Equal(2, mails.Count);
        Assert.Contains("You already have an account", mails[0].Subject, StringComparison.Ordinal);
        Assert.Equal((Owner, "", ""), (mails[0].To, mails[0].Code, mails[0].Token));
        server.Pass(TimeSpan.FromDays(1));
        await server.StartSignUp(Owner);
        Assert.Equal(3, (await server.ReadMail()).Count);
    }

    [Theory, EveryDatabase]
    public async Task Hollow_sign_up_never_confirms(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:CodeTries", "0"));
        await server.SignUp(Owner);
        var uuid = await server.StartSignUp(Owner);
        for (var code = 0; code < 200; code++)
        {
            var answer = await server.Call("POST /api/signup", new { uuid, confirmation_code = $"{code:D6}" });
            Assert.Equal(422, answer.Status);
        }

        var byCode = await server.Call("POST /api/users/confirm", new { email = Owner, code = "000000" });
        Assert.Equal(422, byCode.Status);
        Assert.Equal(422, (await server.Call("POST /api/signup", new { uuid, password = Password })).Status);
        await server.Call("PUT /api/users/reconfirm_email", new { email = Owner });
        Assert.All((await server.ReadMail()).Take(1), mail => Assert.Equal("", mail.Token));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_was_there_first_without_proof_loses_everything_to_the_owner(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var attackers = await server.StartSignUp(Owner, "203.0.113.66");
        var first = await server.ReadMail(Owner);
        await server.Call("POST /api/free_users", new { email = Owner, password = Password }, "203.0.113.66");
        var second = await server.ReadMail(Owner);
        Assert.Equal(422, (await server.LogIn(Owner, Password)).Status);

        var ada = await server.SignUp(Owner);

        Assert.Equal(401, (await server.LogIn(Owner, Password)).Status);
        Assert.Equal(422, (await server.Call("POST /api/signup", new { uuid = attackers })).Status);
        foreach (var token in (string[])[first.Token, second.Token])
            Assert.Equal(422, (await server.Call("POST /api/users/confirm", new { token })).Status);
        foreach (var code in (string[])[first.Code, second.Code])
            Assert.Equal(422, (await server.Call("POST /api/users/confirm", new { email = Owner, code })).Status);
        Assert.Equal(200, (await server.LogIn(Owner, ada.Password)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Two_sign_ups_of_one_owner_at_once_make_one_account(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var (one, other) = (await server.StartSignUp(Owner), await server.StartSignUp(Owner));
        var codes = (await server.ReadMail()).Select(mail => mail.Code).ToList();
        var answers = await Task.WhenAll(
            from code in codes
            from uuid in (string[])[one, other]
            select (uuid == one ? server : twin).Call("POST /api/signup", new { uuid, confirmation_code = code }));
        Assert.InRange(answers.Count(answer => answer.Status == 200), 1, 2);
        await server.Call("POST /api/signup", new { uuid = one, password = SignUpSteps.Password });
        await server.Call("POST /api/signup", new { uuid = other, password = SignUpSteps.Password });
        var made = await Task.WhenAll(
            server.Call("POST /api/signup", new { uuid = one, tier = "FREE" }),
            twin.Call("POST /api/signup", new { uuid = other, tier = "FREE" }));
        Assert.Single(made, answer => answer.Status == 200);
    }
}
