using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary><c>PUT /api/users/reconfirm_email</c>: one answer for everybody, few mails (T3, T11, T13).</summary>
public sealed class ResendTests
{
    private const string Email = "ada@example.org";

    [Theory, EveryDatabase]
    public async Task New_code_and_link_void_the_old_ones(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var uuid = await server.StartSignUp(Email);
        var mails = new List<ReceivedMail> { await server.ReadMail(Email) };
        for (var i = 0; i < 3; i++)
        {
            await Resend(server, Email);
            mails.Add(await server.ReadMail(Email));
        }

        Assert.Equal(4, mails.Select(mail => mail.Token).Distinct().Count());
        foreach (var old in mails.SkipLast(1))
            Assert.Equal(422, (await server.Call("POST /api/users/confirm", new { token = old.Token })).Status);
        if (mails.SkipLast(1).All(old => old.Code != mails[^1].Code))
        {
            var late = await server.Call("POST /api/signup", new { uuid, confirmation_code = mails[0].Code });
            Assert.Equal(422, late.Status);
        }

        await server.Step(new { uuid, confirmation_code = mails[^1].Code });
    }

    [Theory, EveryDatabase]
    public async Task Three_an_hour_and_ten_a_day_leave_and_every_answer_is_the_same(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var answers = new HashSet<string>();
        await server.StartSignUp(Email, "203.0.113.1");
        for (var hour = 0; hour < 5; hour++)
        {
            for (var i = 0; i < 6; i++) answers.Add((await Resend(server, Email, $"198.51.{hour}.{i}")).Shape);
            Assert.Equal(1 + Math.Min(3 * (hour + 1), 10), (await server.ReadMail()).Count(mail => mail.To == Email));
            server.Pass(TimeSpan.FromHours(1));
        }

        Assert.Single(answers);
    }

    [Theory, EveryDatabase]
    public async Task Answer_does_not_tell_what_waits_at_an_address(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.StartSignUp(Email);
        await server.SignUp("bob@example.org");
        await server.StartSignUp("bob@example.org");
        var mails = (await server.ReadMail()).Count;
        var waiting = await Resend(server, Email);
        Assert.Equal(200, waiting.Status);
        Assert.Equal(waiting.Shape, (await Resend(server, "bob@example.org")).Shape);
        Assert.Equal(waiting.Shape, (await Resend(server, "nobody@example.org")).Shape);
        Assert.Equal(mails + 1, (await server.ReadMail()).Count);
    }

    [Theory, EveryDatabase]
    public async Task One_place_may_not_send_mail_to_the_world(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:SignUpsPerAddress", "0"));
        var shapes = new HashSet<string>();
        for (var i = 0; i < 25; i++) await server.StartSignUp($"ada{i}@example.org");
        await server.ReadMail();
        for (var i = 0; i < 25; i++) shapes.Add((await Resend(server, $"ada{i}@example.org", "203.0.113.7")).Shape);
        Assert.Equal(25 + 20, (await server.ReadMail()).Count);
        Assert.Single(shapes);
    }

    [Theory, EveryDatabase]
    public async Task Address_is_required_in_a_good_form(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Scenario.Run(server, "PUT /api/users/reconfirm_email", [
            new("nothing", null, 422, "\"email\":[\"is required\"]"),
            new("null", new { email = (string?)null }, 422, "\"email\":[\"is required\"]"),
            new("malformed", new { email = "ada@" }, 422, "\"email\":[\"has invalid format\"]"),
        ]);
    }

    private static Task<Answer> Resend(TestServer server, string email, string? from = null) =>
        server.Call("PUT /api/users/reconfirm_email", new { email }, from);
}
