using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Gatehouse.Tests.WebConsole;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Features;

/// <summary>
/// Every way in, for an account with a second factor, gone without its code: none ends with a login or a key (T46).
/// </summary>
public sealed class FactorMatrixTests
{
    private static readonly ProviderUser Ada = new("1001", "ada@example.org");
    private static readonly string[] NoCodes = ["", "000000", "not a code"];

    /// <summary>Each is gone by an account that had a link, a key, a token and a remembered login before.</summary>
    private static readonly Dictionary<string, Func<Scene, Task>> Ways = new()
    {
        ["password, for a key"] = async scene =>
        {
            foreach (var code in (string?[])[null, .. NoCodes])
                Assert.NotEqual(200, (await scene.Server.LogInWith(scene.Ada, code)).Status);
        },
        ["password, for a token"] = async scene =>
        {
            foreach (var code in NoCodes)
            {
                var given = new { username = scene.Ada.UserName, password = scene.Ada.Password, mfa_token = code };
                Assert.NotEqual(200, (await scene.Server.Call("POST /v2/auth/login", given)).Status);
            }
        },
        ["password, in a browser that is to be remembered"] = async scene =>
        {
            var browser = new Visitor(scene.Server);
            await browser.LogIn(scene.Ada, ("remember", "true"));
            await browser.SendTo("/login/code", await browser.Open("/login/code"), ("mfa_token", "000000"));
            Assert.Equal(303, (await browser.Open("/account")).Status);
        },
        ["Google, in a browser"] = async scene =>
        {
            var browser = new Visitor(scene.Server);
            var led = await browser.Visit(scene.Provider, "/login", Ada);
            await browser.GoOn(led, "/oauth/factor", ("mfa_token", "000000"));
            Assert.Equal(303, (await browser.Open("/account")).Status);
        },
        ["Google, for a terminal"] = async scene =>
        {
            var (terminal, browser) = (await scene.Server.StartTerminal(), new Visitor(scene.Server));
            await browser.GoOn(
                await browser.Visit(scene.Provider, terminal, Ada), "/oauth/factor", ("mfa_token", "000000"));
            Assert.Equal(410, (await browser.Open("/oauth/confirm")).Status);
            Assert.Equal(204, (await scene.Server.Poll(terminal)).Status);
        },
        ["reset by mail"] = async scene =>
        {
            await scene.Server.Call("PUT /api/users/reset_password", new { email = scene.Ada.Email });
            var token = (await scene.Server.ReadMail(scene.Ada.Email, "Reset")).Token;
            var browser = new Visitor(scene.Server);
            await browser.Send(
                await browser.Open($"/password/set?token={token}"), ("password", "a much better one 7"));
            Assert.Equal(303, (await browser.Open("/account")).Status);
            Assert.NotEqual(
                200, (await scene.Server.LogIn(scene.Ada.Email, "a much better one 7")).Status);
        },
        ["confirmation of the address"] = async scene =>
        {
            var browser = new Visitor(scene.Server);
            await scene.Server.Call("PUT /api/users/reconfirm_email", new { email = scene.Ada.Email });
            await browser.Open("/confirmed");
            Assert.Equal(303, (await browser.Open("/account")).Status);
        },
        ["change of the address"] = async scene =>
        {
            var ada = await scene.Owner();
            await scene.Server.Do(ada, "POST /api/users/email", new { next_email = "next@example.org" });
            await scene.Forget();
            var (browser, token) = (new Visitor(scene.Server), (await scene.Server.ReadMail("next@example.org")).Token);
            await browser.Send(await browser.Open($"/email/confirm?token={token}"));
            Assert.Equal(303, (await browser.Open("/account")).Status);
        },
        ["key that was there before"] = async scene =>
            Assert.Equal(
                401, (await scene.Server.CallAs(scene.Ada, "POST /api/account_keys", new { name = "x" })).Status),
        ["renewal of a token"] = async scene =>
            Assert.Equal(
                401,
                (await scene.Server.Call("GET /v2/auth/refresh", authorization: $"Bearer {scene.Token}")).Status),
        ["browser that was remembered before"] = async scene =>
        {
            Assert.Equal(303, (await scene.Before.Open("/account")).Status);
            scene.Server.Pass(TimeSpan.FromHours(2));
            Assert.Equal(303, (await scene.Before.Open("/account")).Status);
        },
        ["undoing that it was closed"] = async scene =>
        {
            await scene.Server.Do(
                await scene.Owner(), "DELETE /api/users/destroy", new { email = scene.Ada.Email });
            var (browser, token) = (
                new Visitor(scene.Server), (await scene.Server.ReadMail(scene.Ada.Email, "closed")).Token);
            var reopened = await browser.Send(await browser.Open($"/account/undo?token={token}"));
            Assert.Equal("/account/reopened", reopened.Headers["Location"]);
            Assert.Equal(303, (await browser.Open("/account")).Status);
        },
    };

    public static TheoryData<Engine, string> WaysEverywhere
    {
        get
        {
            var rows = new TheoryData<Engine, string>();
            foreach (var way in Ways.Keys) rows.Add(Engine.Sqlite, way);
            foreach (var way in Ways.Keys) rows.Add(Engine.Postgres, way);
            return rows;
        }
    }

    [Theory, MemberData(nameof(WaysEverywhere))]
    public async Task No_way_in_goes_round_the_second_factor(Engine engine, string way)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, [.. AccountSteps.Roomy, .. provider.Settings]);
        var scene = await Scene.Set(server, provider);
        await Ways[way](scene);
        Assert.Equal(0, await server.Ask<Db, int>(db => db.Sessions.CountAsync()));
        Assert.Equal(0, await server.Ask<Db, int>(db => db.ApiKeys.CountAsync()));
    }

    /// <summary>An account that had every kind of login before its second factor was turned on.</summary>
    private sealed record Scene(TestServer Server, FakeProvider Provider, Customer Ada)
    {
        public Visitor Before { get; private init; } = new(Server);

        public string Token { get; private init; } = "";

        public required Factor Factor { get; init; }

        /// <summary>The owner, by a login with the code.</summary>
        public async Task<Customer> Owner()
        {
            Server.Pass(TimeSpan.FromSeconds(30));
            Provider.Now = Server.Now;
            return await Server.LogInAgain(Ada, Factor.App.CodeAt(Server.Now));
        }

        /// <summary>What the owner came with is none of the question.</summary>
        public Task<int> Forget() => Server.Ask<Db, int>(db => db.ApiKeys.ExecuteDeleteAsync());

        public static async Task<Scene> Set(TestServer server, FakeProvider provider)
        {
            var ada = await server.SignUp(FactorMatrixTests.Ada.Email);
            var browser = new Visitor(server);
            await browser.GoOn(
                await browser.Visit(provider, "/login", FactorMatrixTests.Ada),
                "/oauth/link",
                ("password", ada.Password));
            var remembered = new Visitor(server);
            await remembered.LogIn(ada, ("remember", "true"));
            var login = await server.Call(
                "POST /v2/auth/login", new { username = ada.UserName, password = ada.Password });
            Assert.Equal(200, login.Status);
            return new Scene(server, provider, ada)
            {
                Factor = await server.ActivateFactor(ada),
                Before = remembered,
                Token = System.Text.Json.JsonDocument.Parse(login.Body).RootElement.GetProperty("token").GetString()!,
            };
        }
    }
}
