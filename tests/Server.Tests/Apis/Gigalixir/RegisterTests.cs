using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Signing up as command lines before 1.14 do (wire 7.6).</summary>
public sealed class RegisterTests
{
    private const string Email = "ada@example.org";

    [Theory, EveryDatabase]
    public async Task Account_is_open_once_its_link_was_used(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        Assert.Equal(200, (await Register(server, Email)).Status);
        var early = await server.LogIn(Email, SignUpSteps.Password);
        Assert.Equal((422, """{"errors":{"email":["not yet confirmed."]}}"""), (early.Status, early.Body));
        Assert.Equal(401, (await server.LogIn(Email, "not the password")).Status);
        var token = (await server.ReadMail(Email)).Token;
        Assert.Equal(200, (await server.Call("POST /api/users/confirm", new { token })).Status);
        Assert.Equal(422, (await server.Call("POST /api/users/confirm", new { token })).Status);
        Assert.Equal(200, (await server.LogIn(Email, SignUpSteps.Password)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Taken_address_is_answered_like_a_fresh_one_and_changes_nothing_for_its_owner(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var taken = await Register(server, Email, "another password");
        var fresh = await Register(server, "bob@example.org");
        Assert.Equal(fresh.Shape, taken.Shape);
        Assert.Contains("already have an account", (await server.ReadMail(Email)).Subject, StringComparison.Ordinal);
        Assert.Equal(200, (await server.LogIn(Email, ada.Password)).Status);
        Assert.Equal(401, (await server.LogIn(Email, "another password")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Account_that_nobody_confirmed_is_erased_after_seven_days(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Register(server, Email);
        server.Pass(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(2));
        await server.RunJobs();
        Assert.Equal(1, await server.Ask<Db, int>(db => db.Accounts.CountAsync()));
        server.Pass(TimeSpan.FromHours(1));
        await server.RunJobs();
        Assert.Equal(0, await server.Ask<Db, int>(db => db.Accounts.CountAsync()));
        Assert.Equal(0, await server.Ask<Db, int>(db => db.SignUps.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Same_rules_hold_for_its_password(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Scenario.Run(server, "POST /api/free_users", [
            new("nothing", null, 422, "\"email\":[\"is required\"]"),
            new("no password", new { email = Email }, 422, "\"password\":[\"is required\"]"),
            new("short", new { email = Email, password = "short" }, 422, "should be at least 8 character(s)"),
            new("common", new { email = Email, password = "password" }, 422, "too common"),
            new("its address", new { email = Email, password = Email }, 422, "should not be your email"),
            new("malformed address", new { email = "ada", password = "long enough" }, 422, "has invalid format"),
        ]);
        Assert.Empty(await server.ReadMail());
    }

    [Theory, EveryDatabase]
    public async Task Form_of_an_address_is_all_that_validate_email_tells(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.SignUp(Email);
        var (known, unknown) = (await Validate(server, Email), await Validate(server, "nobody@example.org"));
        Assert.Equal(200, known.Status);
        Assert.Equal(unknown.Shape, known.Shape);
        string[] wrong = ["", "ada", "ada%40", "ada@example.org&email=bob@example.org", "%00", "%ff%fe"];
        foreach (var malformed in wrong)
            Assert.Equal(422, (await Validate(server, malformed)).Status);
    }

    private static Task<Answer> Register(TestServer server, string email, string password = SignUpSteps.Password) =>
        server.Call("POST /api/free_users", new { email, password });

    private static Task<Answer> Validate(TestServer server, string email) =>
        server.Call($"GET /api/validate_email?email={email}");
}
