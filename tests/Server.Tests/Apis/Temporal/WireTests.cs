using System.Net.Http.Headers;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Temporal;

/// <summary>
/// A golden file for each section of the wire document, row by row: what has to hold and what should, on both
/// databases. Where we differ on purpose, the README of the dialect says why.
/// </summary>
public sealed class WireTests
{
    private const string Ada = "ada@example.org";
    private const string Usage = "GET /v2/account/usage";
    private const string Change = "POST /v2/account/password/change";
    private const string Charge = "POST /v2/payments/stripe/charge";
    private static readonly string[] Kind = ["Content-Type", "WWW-Authenticate"];
    private static readonly (string, string)[] Unlimited =
        [("Limits:SignUpsPerAddress", "0"), ("Limits:SignUpsPerEmail", "0")];

    [Theory, EveryDatabase]
    public async Task Conventions(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Join(server);
        var wire = new Transcript(server);
        await wire.Row("success").Ask("GET /v2/account/token/username", null, ada.Bearer, "Content-Type");
        await wire.Row("error of a handler").Ask(Change, null, ada.Bearer, Kind);
        await wire.Row("error of the token layer").Ask(Usage, null, null, Kind);
        await wire.Row("unknown route, wrong verb").Ask("GET /v2/nothing", null, null, "Content-Type");
        await wire.Ask("PUT /v2/auth/login");
        await wire.Row("Bearer is spelled exactly").Ask(Usage, null, $"bearer {ada.Token}");
        wire.Row("login: JSON under any content type");
        foreach (var type in (string?[])["text/plain", "application/json", "text/plain;charset=UTF-8", null])
            wire.Note($"POST /v2/auth/login, {type}", await server.Call("POST /v2/auth/login", Typed(ada, type)));
        wire.Row("other routes: forms, and JSON as an extension");
        Dictionary<string, string> fields = new() { ["old_password"] = "wrong one", ["new_password"] = "long enough" };
        await wire.Ask(Change, Member.Fields(fields.Select(field => (field.Key, field.Value))), ada.Bearer);
        await wire.Ask(Change, new FormUrlEncodedContent(fields), ada.Bearer);
        await wire.Ask(Change, fields, ada.Bearer);
        await wire.Row("a body that comes with GET is in nobody's way").Ask(
            "GET /v2/account/credits/available", Member.Fields(("other", "x")), ada.Bearer);
        wire.Row("missing, empty, in order, others ignored");
        await wire.Ask(Change, Member.Fields(("other", "x")), ada.Bearer);
        await wire.Ask(Change, Member.Fields(("old_password", ""), ("new_password", "x")), ada.Bearer);
        await wire.Ask(Change, Member.Fields(("old_password", "x"), ("new_password", "")), ada.Bearer);
        wire.Matches("wire-1-conventions");
    }

    [Theory, EveryDatabase]
    public async Task Origins_and_headers(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:V2RequestsPerAddress", "4"));
        var wire = new Transcript(server);
        string[] access =
        [
            "Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers",
            "Access-Control-Allow-Credentials", "Vary",
        ];
        wire.Row("preflight with what the samples send, and with an unknown header");
        wire.Note("authorization, cache-control", await Preflight(server, "authorization, cache-control"), access);
        wire.Note("x-other", await Preflight(server, "cache-control, x-other"), access);
        wire.Row("reply, error, and limit");
        string[] headers = ["Access-Control-Allow-Origin", "Vary", "X-RateLimit-Limit", "X-RateLimit-Remaining"];
        foreach (var what in (string[])["GET /v2/systems/check", Usage, "GET /v2/x", "GET /v2/x", "GET /v2/x"])
        {
            wire.Note(what, await server.Call(
                what, headers: [("Origin", "https://page.example")]), [.. headers, "X-RateLimit-Reset", "Retry-After"]);
        }

        wire.Matches("wire-1-headers");
    }

    [Theory, EveryDatabase]
    public async Task Tokens(Engine engine)
    {
        await using var server = await TestServer.Start(engine, Unlimited);
        var ada = await Member.Join(server);
        var wire = new Transcript(server);
        await wire.Row("2.1 login").Ask("POST /v2/auth/login", new { username = "ada", password = ada.Password });
        await wire.Ask("POST /v2/auth/login", new { username = Ada, password = ada.Password });
        wire.Row("2.1 not JSON, a field missing, empty, or no text");
        foreach (var body in (string[])["username=ada", "{}", """{"username":"ada"}""",
            """{"username":"","password":"x"}""", """{"username":1,"password":"x"}"""])
            await wire.Ask("POST /v2/auth/login", new StringContent(body), null, Kind);
        wire.Row("2.1 unknown user, wrong password");
        await wire.Ask("POST /v2/auth/login", new { username = "nobody", password = "wrong one" }, null, Kind);
        await wire.Ask("POST /v2/auth/login", new { username = "ada", password = "wrong one" });
        var bob = await Member.Unconfirmed(server, "bob", "bob@example.org");
        wire.Row("2.1 by an address that is not proven, and by the name of the same account");
        await wire.Ask("POST /v2/auth/login", new { username = bob.Email, password = bob.Password });
        await wire.Ask("POST /v2/auth/login", new { username = bob.Name, password = bob.Password });
        await wire.Row("2.2 refresh").Ask("GET /v2/auth/refresh", null, ada.Bearer, "Content-Type");
        wire.Row("2.3 header");
        foreach (var header in (string?[])[null, "JWT x", "Bearer x", "Bearer x.y.z"])
            await wire.Ask(Usage, null, header, Kind);
        var real = Forge.Of(ada.Token);
        await wire.Row("2.3 edited").Ask(Usage, null, $"Bearer {real.WithClaims(("id", "root")).Unsigned}");
        await wire.Row("2.3 HS256").Ask(Usage, null, $"Bearer {real.WithHeader(("alg", "HS256")).Unsigned}");
        wire.Row("2.2 refresh checks like every other route: no token, an edited one, another algorithm");
        foreach (var forged in (Forge?[])[null, real.WithClaims(("id", "root")), real.WithHeader(("alg", "none"))])
            await wire.Ask("GET /v2/auth/refresh", null, forged is null ? null : $"Bearer {forged.Unsigned}", Kind);
        server.Pass(TimeSpan.FromDays(1));
        await wire.Row("2.3 expired, and refreshing then").Ask(Usage, null, ada.Bearer, Kind);
        await wire.Ask("GET /v2/auth/refresh", null, ada.Bearer);
        var late = $"Bearer {await Member.TokenOf(server, "ada")}";
        server.Pass(TimeSpan.FromHours(23));
        late = $"Bearer {(await server.Call("GET /v2/auth/refresh", authorization: late)).Text("token")}";
        server.Pass(TimeSpan.FromHours(2));
        await wire.Row("2.2 the login is older than a day").Ask("GET /v2/auth/refresh", null, late, Kind);
        var login = new { username = Ada, email = Ada, current_password = ada.Password, password = ada.Password };
        var basic = SignUpSteps.Basic(Ada, (await server.LogIn(Ada, ada.Password)).Data("key"));
        await server.Call("DELETE /api/users/destroy", login, authorization: basic);
        await wire.Row("2.1, 2.2, 2.3 disabled").Ask(Usage, null, late, Kind);
        await wire.Ask("GET /v2/auth/refresh", null, late, Kind);
        await wire.Ask("POST /v2/auth/login", login);
        wire.Matches("wire-2-tokens");
    }

    [Theory, EveryDatabase]
    public async Task Registration(Engine engine)
    {
        await using var server = await TestServer.Start(engine, Unlimited);
        var wire = new Transcript(server);
        wire.Row("3.1 register");
        wire.Note("ada", await Member.Register(server, "ada", Ada), "Content-Type");
        var link = (await server.ReadMail(Ada)).Token;
        wire.Row("3.1 errors in their order");
        foreach (var (name, password, email) in new (string, string, string)[]
        {
            ("", "", ""), ("a", "", ""), ("a", "p", ""), ("a@b", "p", "a+b@example.org"), ("a@b", "p", Ada),
            ("a b", "long enough", Ada), ("a", "short", Ada), ("ada", "long enough", "b@example.org"),
        }) wire.Note($"'{name}' '{password}' '{email}'", await Member.Register(server, name, email, password));
        wire.Row("3.2 verify: another user, another token, right, again");
        await wire.Ask($"GET /v2/account/email/verify/bob/{link}");
        await wire.Ask("GET /v2/account/email/verify/ada/junk");
        await wire.Ask($"GET /v2/account/email/verify/ada/{link}");
        await wire.Ask($"GET /v2/account/email/verify/ada/{link}");
        wire.Row("3.1 a taken address is answered like a free one");
        wire.Note("bob", await Member.Register(server, "bob", Ada));
        wire.Matches("wire-3-registration");
    }

    [Theory, EveryDatabase]
    public async Task Account(Engine engine)
    {
        await using var server = await TestServer.Start(engine, Unlimited);
        var ada = await Member.Unconfirmed(server);
        var wire = new Transcript(server);
        await wire.Row("5.1, 5.2 before the address is proven").Ask(Usage, null, ada.Bearer);
        await wire.Ask("POST /v2/account/upgrade", null, ada.Bearer);
        var link = (await server.ReadMail(Ada)).Token;
        await server.Call($"GET /v2/account/email/verify/ada/{link}");
        wire.Row("4 account");
        await wire.Ask("GET /v2/account/token/username", null, ada.Bearer);
        await wire.Ask("POST /v2/account/email/forgot", null, ada.Bearer);
        await wire.Ask("POST /v2/forgot/email", null, ada.Bearer);
        await wire.Ask("GET /v2/account/credits/available", null, ada.Bearer);
        await wire.Ask(Usage, null, ada.Bearer);
        wire.Row("4 password");
        foreach (var (old, next) in new (string, string)[]
            { ("wrong one", "long enough"), (ada.Password, "x"), (ada.Password, "some other") })
            await wire.Ask(Change, Member.Fields(("old_password", old), ("new_password", next)), ada.Bearer);
        wire.Row("4 recovery: without the field, known, unknown");
        foreach (var what in (string[])["POST /v2/forgot/username", "POST /v2/forgot/password"])
        {
            await wire.Ask(what);
            await wire.Ask(what, Member.Fields(("email_address", Ada)));
            await wire.Ask(what, Member.Fields(("email_address", "nobody@example.org")));
        }

        await wire.Row("4 check").Ask("GET /v2/systems/check", null, null, "X-API-Hostname");
        await wire.Row("5.2 upgrade").Ask("POST /v2/account/upgrade", null, ada.Bearer);
        await wire.Ask("POST /v2/account/upgrade", null, ada.Bearer);
        await wire.Row("5.1 after it").Ask(Usage, null, ada.Bearer);
        wire.Matches("wire-4-account");
    }

    [Theory, EveryDatabase]
    public async Task Payments(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Join(server);
        var wire = new Transcript(server);
        await wire.Row("6 charge: fields in order").Ask(Charge, null, ada.Bearer);
        await wire.Ask(Charge, Member.Fields(("stripe_token", "tok_visa")), ada.Bearer);
        await wire.Ask(Charge, Member.Fields(("stripe_token", "tok_visa"), ("stripe_email", Ada)), ada.Bearer);
        wire.Row("6 charge: no number, too little, a refused card, no such token, and one that is paid");
        foreach (var (token, cents) in new (string, string)[]
        {
            ("tok_visa", "five"), ("tok_visa", "99"), ("tok_chargeDeclined", "500"), ("tok_none", "500"),
            ("tok_visa", "500"),
        })
            await wire.Ask(Charge, Paying(token, cents), ada.Bearer);
        await wire.Row("5.3 credits, 1 for each USD").Ask("GET /v2/account/credits/available", null, ada.Bearer);
        var bob = await Member.Unconfirmed(server, "bob", "bob@example.org");
        await wire.Row("6 charge: before the address is proven").Ask(Charge, Paying("tok_visa", "500"), bob.Bearer);
        wire.Row("6 crypto currencies");
        foreach (var path in (string[])["eth/request", "eth/confirm", "dash/create", "bch/create", "bch/confirm"])
            await wire.Ask($"POST /v2/payments/{path}", null, ada.Bearer);
        await wire.Row("6 status").Ask("GET /v2/payments/status/7", null, ada.Bearer);
        await wire.Row("without a token").Ask(Charge, null, null, Kind);
        await wire.Ask("POST /v2/payments/eth/request");
        await wire.Ask("GET /v2/payments/status/7");
        wire.Matches("wire-6-payments");
    }

    private static MultipartFormDataContent Paying(string token, string cents) =>
        Member.Fields(("stripe_token", token), ("stripe_email", Ada), ("value_in_cents", cents));

    private static Task<Answer> Preflight(TestServer server, string asked) => server.Call(
        "OPTIONS /v2/account/password/change",
        headers:
        [
            ("Origin", "https://page.example"), ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", asked),
        ]);

    private static StringContent Typed(Member member, string? type)
    {
        var body = new StringContent($$"""{"username":"{{member.Name}}","password":"{{member.Password}}"}""");
        body.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return body;
    }
}
