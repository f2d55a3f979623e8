using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>The activity proves itself without the server, and nobody sees or touches what is another's.</summary>
public sealed class ActivityTests
{
    private const string Email = "ada@example.org";
    private const string SshKey =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB ada@laptop";

    [Theory, EveryDatabase]
    public async Task Every_change_of_an_account_is_told_and_the_chain_proves_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Unlimited);
        var ada = await LiveThrough(server, await server.SignUp(Email));
        var export = (await server.Do(ada, "GET /api/export")).Json();
        var entries = export.GetProperty("activity").EnumerateArray().ToList();
        string[] expected =
        [
            "account.created", "email.confirmed", "key.created", "key.created", "key.revoked", "ssh_key.added",
            "ssh_key.removed", "email.change_requested", "email.change_revoked", "email.change_requested",
            "email.changed", "email.change_revoked", "password.reset_requested", "password.reset",
            "login.succeeded", "key.created", "password.changed", "keys.reset", "key.created", "login.failed",
            "factor.activated", "factor.refused", "recovery_code.used", "login.succeeded", "key.created",
            "recovery_codes.regenerated", "factor.deactivated", "account.exported",
        ];
        Assert.Equal(expected, entries.Select(entry => Text(entry, "event")));
        Verify(export.GetProperty("account_id").GetString()!, entries);
    }

    [Theory, EveryDatabase]
    public async Task Activity_comes_in_pages_the_newest_first(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        for (var i = 0; i < 3; i++) await server.Do(ada, "POST /api/account_keys", new { name = $"ci-{i}" });
        var pages = new[] { "?limit=4", "?before=3", "?limit=0", "?limit=5000&before=2", "?before=1" };
        long[][] expected = [[6, 5, 4, 3], [2, 1], [6], [1], []];
        foreach (var (page, sequences) in pages.Zip(expected))
        {
            var entries = (await server.Do(ada, $"GET /api/activity{page}")).Json().EnumerateArray();
            Assert.Equal(sequences, entries.Select(entry => entry.GetProperty("sequence").GetInt64()));
        }
    }

    [Theory, EveryDatabase]
    public async Task Nobody_reaches_what_is_anothers(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, bob) = (await server.SignUp(Email), await server.SignUp("bob@example.org"));
        var sshKey = (await server.Do(bob, "POST /api/ssh_keys", new { ssh_key = SshKey })).Data("id");
        await server.Do(bob, "POST /api/account_keys", new { name = "bobs-deploys" });
        var session = await server.Ask<Db, Guid>(db => LogInWithABrowser(db, bob.Email, server.Now));
        (string Route, object? Body)[] foreign =
        [
            ("DELETE /api/account_keys/bobs-deploys", null), ($"DELETE /api/sessions/{session}", null),
            ("DELETE /api/ssh_keys", new { id = sshKey }),
        ];
        foreach (var (route, body) in foreign)
        {
            Assert.Equal((route, 404), (route, (await server.CallAs(ada, route, body)).Status));
            await server.Do(bob, route, body);
            Assert.Equal((route, 404), (route, (await server.CallAs(bob, route, body)).Status));
        }

        string[] routes = ["users", "account_keys", "sessions", "ssh_keys", "activity", "export", "users/destroy"];
        foreach (var route in routes)
        {
            var shown = (await server.Do(ada, $"GET /api/{route}")).Body;
            foreach (var text in (string[])["bob", bob.UserName, bob.Key, $"{session}", SshKey])
                Assert.DoesNotContain(text, shown, StringComparison.Ordinal);
        }
    }

    [Theory, EveryDatabase]
    public async Task Export_holds_everything_and_no_secret(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        await server.Do(ada, "POST /api/ssh_keys", new { ssh_key = SshKey });
        await server.Do(ada, "POST /api/users/email", new { next_email = "countess@example.org" });
        var ci = (await server.Do(ada, "POST /api/account_keys", new { name = "ci" })).Data("key");
        var export = (await server.Do(ada, "GET /api/export")).Body;
        string[] whole = [Email, ada.UserName, SshKey, "countess@example.org", "\"ci\"", "account.created"];
        foreach (var text in whole)
            Assert.Contains(text, export, StringComparison.Ordinal);
        foreach (var secret in (string[])[ada.Key, ci, ada.Password, "argon2", "hash\":null"])
            Assert.DoesNotContain(secret, export, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Export_tells_of_cards_payments_and_what_was_booked(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, bob) = (await server.SignUp(Email), await server.SignUp("bob@example.org"));
        await server.SetCard(ada, "tok_visa");
        server.Pass(TimeSpan.FromSeconds(1)); // or nobody could tell which of the two is older
        await server.SetCard(ada, "tok_mastercard");
        await server.SetCard(bob, "tok_amex");
        await server.Buy(ada, "25.00", "order 1");
        var whole = await server.Do(ada, "GET /api/export");
        var (export, text) = (whole.Json(), whole.Body);
        var cards = export.GetProperty("payment_methods").EnumerateArray().ToList();
        Assert.Equal(["Visa 4242", "MasterCard 4444"], cards.Select(c => $"{Text(c, "brand")} {Text(c, "last4")}"));
        Assert.Equal([true, false], cards.Select(card => card.TryGetProperty("replaced_at", out _)));
        var payment = Assert.Single(export.GetProperty("payments").EnumerateArray());
        Assert.Equal(
            ("25.00", "0.00", "paid"), (Text(payment, "amount"), Text(payment, "refunded"), Text(payment, "state")));
        var posting = Assert.Single(export.GetProperty("postings").EnumerateArray());
        Assert.Equal("credits.bought", Text(posting, "kind"));
        var line = Assert.Single(posting.GetProperty("lines").EnumerateArray());
        Assert.Equal("wallet 25.00", $"{Text(line, "account")} {Text(line, "amount")}");
        foreach (var hidden in (string[])["cus_", "pm_", "ch_", "fingerprint", "order 1", "American Express"])
            Assert.DoesNotContain(hidden, text, StringComparison.Ordinal);
    }

    /// <summary>Every change there is, each once, as far as it can be undone.</summary>
    private static async Task<Customer> LiveThrough(TestServer server, Customer ada)
    {
        await server.Do(ada, "POST /api/account_keys", new { name = "ci" });
        await server.Do(ada, "DELETE /api/account_keys/ci");
        var id = (await server.Do(ada, "POST /api/ssh_keys", new { ssh_key = SshKey })).Data("id");
        await server.Do(ada, "DELETE /api/ssh_keys", new { id });
        await server.Do(ada, "POST /api/users/email", new { next_email = "eda@example.org" });
        await Use(server, "email/revoke", (await server.ReadMail(Email, "about to change")).Token);
        await server.Do(ada, "POST /api/users/email", new { next_email = "eda@example.org" });
        var revoke = (await server.ReadMail(Email, "about to change")).Token;
        await Use(server, "email/confirm", (await server.ReadMail("eda@example.org", "Confirm")).Token);
        await Use(server, "email/revoke", revoke);
        await server.Call("PUT /api/users/reset_password", new { email = Email });
        await Use(server, "reset_password", (await server.ReadMail(Email, "Reset")).Token);
        ada = await server.LogInAgain(ada);
        await server.Do(ada, "PATCH /api/users/change_password", new { new_password = ada.Password });
        ada = ada with { Key = (await server.Do(ada, "POST /api/api_keys/regenerate")).Data("key") };
        await server.LogIn(Email, "a wrong password");
        var factor = await server.ActivateFactor(ada);
        await server.LogInWith(ada, factor.App.WrongCodeAt(server.Now));
        ada = await server.LogInAgain(ada, factor.RecoveryCodes[0]);
        await server.Do(ada, "POST /api/mfa/recovery_codes");
        await server.Do(ada, "DELETE /api/mfa");
        return ada;
    }

    private static async Task Use(TestServer server, string route, string token)
    {
        var answer = await server.Call($"POST /api/users/{route}", new { token, password = SignUpSteps.Password });
        Assert.True(answer.Status == 200, $"{route}: {answer}");
    }

    /// <summary>Written after the README alone: SHA-256 over lines of text, with the hash before each.</summary>
    private static void Verify(string accountId, List<JsonElement> entries)
    {
        var (previous, sequence) = (new string('0', 64), 1L);
        foreach (var entry in entries)
        {
            var (agent, request) = (Text(entry, "user_agent"), Text(entry, "request_id"));
            var context = string.Join('\n', Text(entry, "address"), agent, request);
            byte[] salted = [.. Convert.FromHexString(Text(entry, "salt")), .. Encoding.UTF8.GetBytes(context)];
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(salted)), Text(entry, "context_hash"));
            var lines = string.Join(
                '\n', accountId, sequence.ToString(CultureInfo.InvariantCulture), Text(entry, "at"),
                Text(entry, "event"), Text(entry, "subject"), Text(entry, "key_id"), Text(entry, "context_hash"),
                previous);
            var told = (entry.GetProperty("sequence").GetInt64(), Text(entry, "previous_hash"));
            Assert.Equal((sequence, previous), told);
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)));
            Assert.Equal(hash, Text(entry, "hash"));
            (previous, sequence) = (hash, sequence + 1);
        }
    }

    private static string Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) ? value.GetString()! : "";

    /// <summary>A row as a browser's login makes it.</summary>
    private static async Task<Guid> LogInWithABrowser(Db db, string email, DateTime now)
    {
        var session = (Session)Activator.CreateInstance(typeof(Session), nonPublic: true)!;
        var accountId = await db.Accounts.Where(account => account.Email == email).Select(a => a.Id).SingleAsync();
        var row = db.Entry(session);
        row.Property(s => s.Id).CurrentValue = Guid.CreateVersion7(now);
        row.Property(s => s.AccountId).CurrentValue = accountId;
        row.Property(s => s.Hash).CurrentValue = [1];
        row.Property(s => s.CreatedAt).CurrentValue = now;
        row.Property(s => s.LastSeenAt).CurrentValue = now;
        row.Property(s => s.ExpiresAt).CurrentValue = now.AddDays(1);
        db.Sessions.Add(session);
        await db.SaveChangesAsync();
        return session.Id;
    }
}
