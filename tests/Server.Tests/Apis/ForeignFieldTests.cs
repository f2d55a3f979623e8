using System.Text.Json;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis;

/// <summary>
/// What only the server says comes from nobody else (T5): every writing route of <c>/openapi.json</c> is asked twice,
/// by one account as it should be and by another with every field added that it does not have, and both end up alike.
/// </summary>
[Costly]
public sealed class ForeignFieldTests
{
    private static readonly string[] Foreign =
    [
        "emailVerified", "email_verified", "email_confirmed_at", "emailConfirmedAt", "confirmed", "verified", "tier",
        "plan", "credits", "credit_cents", "creditNanos", "balance", "role", "roles", "is_admin", "admin", "id",
        "account_id", "accountId", "createdAt", "created_at", "closed_at", "disabled", "version", "password_hash",
        "user_name", "permissions", "usage_data",
    ];

    private static readonly string[] Writing = ["post", "put", "patch", "delete"];

    [Theory, EveryDatabase]
    public async Task Foreign_field_changes_nothing_on_any_route(Engine engine)
    {
        await using var server = await TestServer.Start(
            engine, [.. AccountSteps.Unlimited, ("Limits:FailuresPerNetworkInAnHour", "0")]);
        var (ada, eve) = (await server.SignUp("ada@example.org"), await server.SignUp("eve@example.org"));
        var victim = await server.SignUp("bob@example.org");
        var before = await server.StandingOf(victim.Email);
        var routes = await Routes(server);
        Assert.InRange(routes.Count, 30, 1000);
        foreach (var (method, path, fields) in routes)
        {
            var plain = fields.ToDictionary(name => name, name => Plausible(name, "x"), StringComparer.Ordinal);
            var crowded = fields.ToDictionary(name => name, name => Plausible(name, "y"), StringComparer.Ordinal);
            foreach (var name in Foreign) crowded.TryAdd(name, Wanted(name));
            var expected = await Ask(server, eve, method, path, plain);
            var answer = await Ask(server, ada, method, path, crowded);
            Assert.Equal((method, path, expected), (method, path, answer));
            Assert.Equal((path, await server.StandingOf(eve.Email)), (path, await server.StandingOf(ada.Email)));
        }

        Assert.Equal(before, await server.StandingOf(victim.Email));
    }

    [Theory, EveryDatabase]
    public async Task Foreign_field_gives_a_new_account_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Unlimited);
        var plain = await server.SignUp("ada@example.org");
        string? uuid = null;
        uuid = (await Step("email", "eve@example.org")).Data("uuid");
        await Step("confirmation_code", (await server.ReadMail("eve@example.org")).Code);
        await Step("password", SignUpSteps.Password);
        await Step("tier", "FREE");
        Assert.Equal(await server.StandingOf(plain.Email), await server.StandingOf("eve@example.org"));

        var register = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["email"] = "fay@example.org",
            ["email_address"] = "gus@example.org",
            ["username"] = "gus",
            ["password"] = SignUpSteps.Password,
        };
        foreach (var name in Foreign) register[name] = Wanted(name);
        Assert.Equal(200, (await server.Call("POST /api/free_users", register)).Status);
        Assert.Equal(200, (await server.Call("POST /v2/auth/register", register)).Status);
        Assert.Equal(200, (await server.Call(
            "POST /api/free_users", new { email = "hal@example.org", password = SignUpSteps.Password })).Status);
        var unproven = await server.StandingOf("hal@example.org");
        foreach (var email in (string[])["fay@example.org", "gus@example.org"])
            Assert.Equal(unproven, await server.StandingOf(email));
        await NobodyIsWhoTheyWantedToBe(server);

        Task<Answer> Step(string field, string value)
        {
            string[] steps = ["email", "confirmation_code", "password", "tier"];
            var body = Foreign.Except(steps, StringComparer.Ordinal)
                .ToDictionary(name => name, Wanted, StringComparer.Ordinal);
            body[field] = value;
            if (uuid is not null) body["uuid"] = uuid;
            return server.Step(body);
        }
    }

    /// <summary>Ids, names and hashes differ between any two accounts: none of them is what was asked for.</summary>
    private static async Task NobodyIsWhoTheyWantedToBe(TestServer server)
    {
        var accounts = await server.Ask<Db, List<Account>>(db => db.Accounts.AsNoTracking().ToListAsync());
        Assert.Equal(5, accounts.Count);
        Assert.DoesNotContain(accounts, account => $"{account.Id:D}" == Wanted("id"));
        Assert.DoesNotContain(accounts, account => account.UserName == Wanted("user_name"));
        Assert.DoesNotContain(accounts, account => account.PasswordHash == Wanted("password_hash"));
    }

    private static async Task<string> Ask(
        TestServer server, Customer who, string method, string path, Dictionary<string, string> body)
    {
        // A fresh login each time: some routes end keys, and all of them want a recent one.
        var login = path.StartsWith("/v2", StringComparison.Ordinal)
            ? $"Bearer {await Token(server, who)}"
            : (await server.LogInAgain(who)).Basic;
        var answer = await server.Call($"{method.ToUpperInvariant()} {path}", body, authorization: login);
        return $"{answer.Status}";
    }

    private static async Task<string> Token(TestServer server, Customer who)
    {
        var answer = await server.Call(
            "POST /v2/auth/login", new { username = who.UserName, password = who.Password });
        return JsonDocument.Parse(answer.Body).RootElement.GetProperty("token").GetString()!;
    }

    private static async Task<List<(string Method, string Path, string[] Fields)>> Routes(TestServer server)
    {
        using var document = JsonDocument.Parse((await server.Call("GET /openapi.json")).Body);
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        var routes = new List<(string, string, string[])>();
        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject().Where(o => Writing.Contains(o.Name)))
            {
                var address = string.Concat(path.Name.Where(letter => letter is not ('{' or '}')));
                routes.Add((operation.Name, address, FieldsOf(operation.Value, schemas)));
            }
        }

        return routes;
    }

    private static string[] FieldsOf(JsonElement operation, JsonElement schemas)
    {
        if (!operation.TryGetProperty("requestBody", out var body)) return [];
        var schema = body.GetProperty("content").GetProperty("application/json").GetProperty("schema");
        if (schema.TryGetProperty("oneOf", out var choices)) schema = choices.EnumerateArray().Last();
        if (schema.TryGetProperty("$ref", out var name))
            schema = schemas.GetProperty(name.GetString()!.Split('/')[^1]);
        return schema.TryGetProperty("properties", out var fields)
            ? [.. fields.EnumerateObject().Select(field => field.Name)]
            : [];
    }

    /// <summary>Every password is the account's own, so that nothing is refused for its sake.</summary>
    private static string Plausible(string name, string who) => name switch
    {
        _ when name.Contains("password", StringComparison.Ordinal) => SignUpSteps.Password,
        _ when name.Contains("email", StringComparison.Ordinal) => $"some{who}@example.org",
        "username" => $"somebody-{who}",
        "name" => "ci",
        _ => "123456",
    };

    /// <summary>What somebody would like to be.</summary>
    private static string Wanted(string name) => name switch
    {
        "tier" or "plan" => "STANDARD",
        "role" or "roles" or "permissions" => "admin",
        "id" or "account_id" or "accountId" => "0f7e0000-0000-4000-8000-000000000000",
        _ when name.EndsWith("At", StringComparison.Ordinal) || name.EndsWith("_at", StringComparison.Ordinal) =>
            "2001-01-01T00:00:00Z",
        _ => "1000000",
    };
}
