using System.Text.RegularExpressions;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Temporal;

/// <summary>The published document, step by step in its order (wire 8, "must hold").</summary>
public sealed partial class SeedTests
{
    private const string Ada = "ada@example.org";

    [Theory, EveryDatabase]
    public async Task Whole_document_holds(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var registered = await Member.Register(server, "postables-demo", Ada);
        Assert.Equal(200, registered.Status);
        Golden.Matches("Apis/Temporal/register.json", Number().Replace(registered.Body, "\"ID\":249"));

        var login = await Member.LogIn(server, "postables-demo");
        Assert.Equal(200, login.Status);
        Assert.StartsWith("""{"expire":"2027-06-16T10:00:00Z","token":"ey""", login.Body, StringComparison.Ordinal);
        var member = new Member(server, "postables-demo", Ada, Member.UsualPassword, login.Text("token"));

        var change = Member.Fields(("old_password", Member.UsualPassword), ("new_password", "some other horse"));
        var changed = await member.Call("POST /v2/account/password/change", change);
        Assert.Equal((200, """{"code":200,"response":"password changed"}"""), (changed.Status, changed.Body));
        Assert.Equal(401, (await Member.LogIn(server, "postables-demo")).Status);

        var credits = await member.Call("GET /v2/account/credits/available");
        Assert.Equal((200, """{"code":200,"response":0}"""), (credits.Status, credits.Body));

        var early = await member.Call("POST /v2/account/upgrade");
        Assert.Equal(
            """400 {"code":400,"response":"unverified account upgrade process must be done via email verification"}""",
            early.ToString());
        var link = (await server.ReadMail(Ada)).Token;
        Assert.Equal(
            """200 {"code":200,"response":"email verified"}""",
            (await server.Call($"GET /v2/account/email/verify/postables-demo/{link}")).ToString());
        var upgraded = await member.Call("POST /v2/account/upgrade");
        Assert.Equal("""200 {"code":200,"response":"account upgraded"}""", upgraded.ToString());
        var again = await member.Call("POST /v2/account/upgrade");
        Assert.Equal("""400 {"code":400,"response":"user account is already upgrade"}""", again.ToString());
        Assert.Contains("upgraded", (await server.ReadMail(Ada)).Subject, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Credits_keep_nine_decimals(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Join(server);
        foreach (var (nanos, expected) in new (long, string)[]
        {
            (10_000_464_996_296_696, "10000464.996296696"),
            (0, "0"), (1, "0.000000001"), (1_000_000_000, "1"), (100_000_000, "0.1"),
            (long.MaxValue, "9223372036.854775807"),
        })
        {
            await server.SetCredits(nanos);
            var answer = await ada.Call("GET /v2/account/credits/available");
            Assert.Equal($$"""{"code":200,"response":{{expected}}}""", answer.Body);
        }
    }

    [Theory, EveryDatabase]
    public async Task Account_of_one_dialect_works_on_the_other(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Member.Join(server, "ada");
        Assert.Equal(200, (await server.LogIn(Ada, Member.UsualPassword)).Status);
        var bob = await server.SignUp("bob@example.org");
        Assert.Equal(200, (await Member.LogIn(server, bob.Email, bob.Password)).Status);
        Assert.Equal(200, (await Member.LogIn(server, bob.UserName, bob.Password)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Tier_is_told_by_the_usage(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Unconfirmed(server);
        Assert.Equal(("unverified", 0), await Tier(ada));
        var link = (await server.ReadMail(Ada)).Token;
        await server.Call($"GET /v2/account/email/verify/ada/{link}");
        Assert.Equal(("free", 3221225472), await Tier(ada));
        var usage = (await ada.Call("GET /v2/account/usage")).Body;
        Golden.Matches("Apis/Temporal/usage.json", Number().Replace(usage, "\"ID\":249"));
        await ada.Call("POST /v2/account/upgrade");
        Assert.Equal(("paid", 1099511627776000), await Tier(ada));
    }

    [Theory, EveryDatabase]
    public async Task Small_routes_answer_in_the_words_of_the_wire(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Join(server);
        foreach (var (what, expected) in new (string, string)[]
        {
            ("GET /v2/account/token/username", """200 {"code":200,"response":"ada"}"""),
            ("POST /v2/account/email/forgot", """200 {"code":200,"response":"ada@example.org"}"""),
            ("POST /v2/forgot/email", """200 {"code":200,"response":"ada@example.org"}"""),
            ("POST /v2/payments/stripe/charge", """400 {"code":400,"response":"stripe_token not present"}"""),
            ("POST /v2/payments/eth/request", """501 {"code":501,"response":"payment type not supported"}"""),
            ("POST /v2/payments/bch/confirm", """501 {"code":501,"response":"payment type not supported"}"""),
            ("GET /v2/payments/status/7", """400 {"code":400,"response":"failed to search for payment"}"""),
            ("GET /v2/nothing", """404 {"code":404,"response":"404 page not found"}"""),
            ("DELETE /v2/auth/login", """404 {"code":404,"response":"404 page not found"}"""),
            ("GET /v2/auth/register", """404 {"code":404,"response":"404 page not found"}"""),
            ("OPTIONS /v2/auth/register", """404 {"code":404,"response":"404 page not found"}"""),
        }) Assert.Equal(expected, (await ada.Call(what)).ToString());

        var check = await server.Call("GET /v2/systems/check");
        Assert.Matches("""^{"code":200,"response":"systems online","version":"v2[.]\d+[.]\d+"}$""", check.Body);
        Assert.Equal("accounts.example.org", check.Headers["X-API-Hostname"]);
        Assert.Equal("application/json; charset=utf-8", check.Headers["Content-Type"]);
        var charge = Member.Fields(("stripe_token", "tok_visa"), ("stripe_email", Ada), ("value_in_cents", "500"));
        Assert.Equal(
            """200 {"code":200,"response":"stripe credit purchase successful"}""",
            (await ada.Call("POST /v2/payments/stripe/charge", charge)).ToString());
    }

    private static async Task<(string Tier, long Bytes)> Tier(Member member)
    {
        var usage = (await member.Call("GET /v2/account/usage")).Response();
        return (usage.GetProperty("Tier").GetString()!, usage.GetProperty("MonthlyDataLimitBytes").GetInt64());
    }

    [GeneratedRegex("\"ID\":[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
