using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Features.Ledger;

/// <summary>The database itself refuses to change what was booked, whoever asks.</summary>
public sealed class LedgerFixedTests
{
    [Theory, EveryDatabase]
    public async Task Booked_row_is_neither_changed_nor_removed(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada);
        await server.Buy(ada, "25.00");
        List<string> attempts = [];
        foreach (var table in (string[])["ledger_transactions", "ledger_entries"])
        {
            attempts.Add($"DELETE FROM {table}");
            if (engine == Engine.Postgres) attempts.Add($"TRUNCATE {table} CASCADE");
        }

        attempts.Add("UPDATE ledger_entries SET amount = amount + 1");
        attempts.Add("UPDATE ledger_transactions SET request_key = 'another'");
        foreach (var attempt in attempts)
        {
            var refused = await Assert.ThrowsAnyAsync<Exception>(
                () => server.Ask<Db, int>(db => db.Database.ExecuteSqlRawAsync(attempt)));
            Assert.Contains("the ledger is append-only", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(2500, await server.CreditCents(ada));
    }
}
