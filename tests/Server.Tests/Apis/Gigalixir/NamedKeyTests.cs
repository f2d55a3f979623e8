using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Keys for programs: made, limited, listed, revoked, reset (wire 3.10; contract 6 and 7).</summary>
public sealed class NamedKeyTests
{
    private const string Email = "ada@example.org";
    private const string Create = "POST /api/account_keys";

    /// <summary>Every route with a key, a body that would do, and whether reading is all that it does.</summary>
    private static readonly (string Route, object? Body, bool Reads)[] Routes =
    [
        ("GET /api/users", null, true), ("GET /api/account_keys", null, true), ("GET /api/sessions", null, true),
        ("GET /api/ssh_keys", null, true), ("GET /api/activity", null, true), ("GET /api/export", null, false),
        ("POST /api/users/email", new { next_email = "eda@example.org" }, false),
        ("PATCH /api/users/change_password", new { new_password = "another horse battery" }, false),
        ("GET /api/users/destroy", null, false), ("DELETE /api/users/destroy", new { email = Email }, false),
        ("POST /api/api_keys/regenerate", null, false), (Create, new { name = "more" }, false),
        ("DELETE /api/account_keys/ci", null, false),
        ("DELETE /api/sessions/00000000-0000-0000-0000-000000000000", null, false),
        ("POST /api/mfa/start", null, false), ("POST /api/mfa/verify", new { mfa_token = "123456" }, false),
        ("DELETE /api/mfa", null, false), ("POST /api/mfa/recovery_codes", null, false),
        ("POST /api/ssh_keys", new { ssh_key = "ssh-ed25519 AAAA" }, false),
        ("DELETE /api/ssh_keys", new { id = "1" }, false),
    ];

    [Theory, EveryDatabase]
    public async Task Key_is_shown_once_and_works_until_the_second_it_expires(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var ends = server.Now.AddHours(1);
        var made = await server.CallAs(
            ada, Create, new { name = "ci", scopes = new[] { "billing", "account:read" }, expires_at = ends });
        Assert.Equal((201, "ci", "False"), (made.Status, made.Data("name"), made.Data("current")));
        Assert.Equal(["account:read", "billing"], made.Texts("scopes"));
        var key = made.Data("key");
        Assert.DoesNotContain(key, (await server.Do(ada, "GET /api/account_keys")).Body, StringComparison.Ordinal);
        server.Pass(ends.AddSeconds(-1) - server.Now);
        Assert.Equal(200, await server.StatusOfKey(Email, key));
        server.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(401, await server.StatusOfKey(Email, key));
    }

    [Theory, EveryDatabase]
    public async Task Wrong_wishes_are_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        await server.Do(ada, Create, new { name = "ci" });
        (object Body, string Expected)[] wishes =
        [
            (new { }, "\"name\":[\"is required\"]"), (new { name = "" }, "\"name\":[\"is required\"]"),
            (new { name = "ci" }, "\"name\":[\"has already been taken\"]"),
            (new { name = "c i" }, "\"name\":[\"is invalid\"]"), (new { name = "a/b" }, "\"name\":[\"is invalid\"]"),
            (new { name = new string('x', 65) }, "\"name\":[\"is invalid\"]"),
            (new { name = 7 }, "\"name\":[\"is invalid\"]"),
            (new { name = "b", scopes = new[] { "everything" } }, "\"scopes\":[\"is invalid\"]"),
            (new { name = "b", scopes = new[] { "*" } }, "\"scopes\":[\"is invalid\"]"),
            (new { name = "b", scopes = "apps" }, "\"scopes\":[\"is invalid\"]"),
            (new { name = "b", expires_at = "soon" }, "\"expires_at\":[\"is invalid\"]"),
            (new { name = "b", expires_at = server.Now }, "\"expires_at\":[\"is invalid\"]"),
        ];
        foreach (var (body, expected) in wishes)
        {
            var refused = await server.CallAs(ada, Create, body);
            Assert.Equal((422, $"{{\"errors\":{{{expected}}}}}"), (refused.Status, refused.Body));
        }

        Assert.Equal(2, (await server.Do(ada, "GET /api/account_keys")).Json().GetArrayLength());
    }

    [Theory, EveryDatabase]
    public async Task Scopes_open_what_they_name_and_nothing_else(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var wrong = new List<string>();
        foreach (var scope in (string[])["account:read", "apps", "billing"])
        {
            var name = scope.Replace(':', '-');
            var made = await server.Do(ada, Create, new { name, scopes = new[] { scope } });
            var scoped = ada with { Key = made.Data("key") };
            foreach (var (route, body, reads) in Routes)
            {
                var status = (await server.CallAs(scoped, route, body)).Status;
                if (status != (reads && scope == "account:read" ? 200 : 403)) wrong.Add($"{scope} {route}: {status}");
            }
        }

        Assert.Empty(wrong);
    }

    [Theory, EveryDatabase]
    public async Task Last_use_is_told_to_the_hour_without_a_write_for_each_request(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var key = (await server.Do(ada, Create, new { name = "ci" })).Data("key");
        Assert.Null(await LastUse(server));
        await server.StatusOfKey(Email, key);
        var first = await LastUse(server);
        Assert.Equal(server.Now, first);
        server.Pass(TimeSpan.FromMinutes(59));
        using (var count = new CommandCount(server))
        {
            for (var i = 0; i < 5; i++) Assert.Equal(200, await server.StatusOfKey(Email, key));
            Assert.Equal(5, count.Value);
        }

        Assert.Equal(first, await LastUse(server));
        server.Pass(TimeSpan.FromMinutes(1));
        await server.StatusOfKey(Email, key);
        Assert.Equal(server.Now, await LastUse(server));
    }

    [Theory, EveryDatabase]
    public async Task Key_is_revoked_by_name_everywhere_and_no_other_with_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await server.SignUp(Email);
        var (ci, deploy) = (await Make(server, ada, "ci"), await Make(server, ada, "deploy"));
        await server.Do(ada, "DELETE /api/account_keys/ci");
        Assert.Equal((401, 401), (await server.StatusOfKey(Email, ci), await twin.StatusOfKey(Email, ci)));
        Assert.Equal((200, 200), (await server.StatusOfKey(Email, deploy), await server.StatusOfKey(Email, ada.Key)));
        Assert.Equal(404, (await server.CallAs(ada, "DELETE /api/account_keys/ci")).Status);
        await Make(server, ada, "ci");
    }

    [Theory, EveryDatabase]
    public async Task Reset_revokes_all_and_gives_one_with_the_password_in_query_or_body(Engine engine)
    {
        await using var server = await TestServer.Start(engine, TestServer.LogEverything);
        await using var twin = await server.StartTwin();
        var ada = await server.SignUp(Email);
        var ci = await Make(server, ada, "ci");
        const string Reset = "POST /api/api_keys/regenerate";
        var wrong = await server.CallAs(ada, $"{Reset}?current_password=a+wrong+one");
        Assert.Equal((422, """{"errors":{"current_password":["is incorrect"]}}"""), (wrong.Status, wrong.Body));
        server.Pass(TimeSpan.FromMinutes(11));
        Assert.Equal(422, (await server.CallAs(ada, Reset)).Status);
        var query = await server.CallAs(ada, $"{Reset}?current_password=correct+horse+battery");
        Assert.Equal(201, query.Status);
        var next = ada with { Key = query.Data("key") };
        foreach (var key in (string[])[ada.Key, ci]) Assert.Equal(401, await twin.StatusOfKey(Email, key));
        Assert.Equal(201, (await server.CallAs(next, Reset, new { current_password = ada.Password })).Status);
        Assert.Equal(401, await twin.StatusOfKey(Email, next.Key));
        foreach (var secret in (string[])["correct+horse", "correct horse", "correct%20horse", "a+wrong+one", next.Key])
            Assert.DoesNotContain(secret, server.Log.Text, StringComparison.Ordinal);
        Assert.Equal(Email, (await server.ReadMail(Email, "keys were reset")).To);
    }

    [Theory, EveryDatabase]
    public async Task Key_of_a_program_is_no_fresh_login(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var ci = ada with { Key = await Make(server, ada, "ci") };
        Assert.Equal(401, (await server.CallAs(ci, "POST /api/mfa/start")).Status);
        foreach (var route in (string[])[Create, "DELETE /api/account_keys/ci"])
        {
            var stale = await server.CallAs(ci, route, new { name = "b" });
            Assert.Equal((422, """{"errors":{"":["please log in again to do this"]}}"""), (stale.Status, stale.Body));
        }

        await server.Do(ci, "DELETE /api/account_keys/ci", new { current_password = ada.Password });
    }

    [Theory, EveryDatabase]
    public async Task Key_beyond_the_thousandth_is_refused_and_not_told_as_made(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        await server.Ask<Db, int>(async db =>
        {
            var account = await db.Accounts.SingleAsync();
            for (var i = 1; i < ApiKey.MostPerAccount; i++)
                db.ApiKeys.Add(ApiKey.ForLogin(account.Id, $"key-{i}", BitConverter.GetBytes(i), null, server.Now));
            return await db.SaveChangesAsync();
        });
        var refused = await server.CallAs(ada, Create, new { name = "ci" });
        Assert.Equal(
            (422, """{"errors":{"name":["has reached the limit of 1000"]}}"""), (refused.Status, refused.Body));
        var told = await server.Ask<Db, int>(
            db => db.AuditEntries.CountAsync(entry => entry.Event == AuditEvent.KeyCreated));
        Assert.Equal(1, told);
    }

    private static async Task<string> Make(TestServer server, Customer who, string name) =>
        (await server.Do(who, Create, new { name })).Data("key");

    private static Task<DateTime?> LastUse(TestServer server) => server.Ask<Db, DateTime?>(
        db => db.ApiKeys.Where(key => key.Name == "ci").Select(key => key.LastUsedAt).SingleAsync());
}
