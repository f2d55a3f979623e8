using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Tests.Harness;

/// <summary>Credits out of nothing, for tests about something else.</summary>
internal static class CreditSteps
{
    /// <summary>Puts paid-for credits into an account's wallet, past the books.</summary>
    public static Task GiveCredits(this TestServer server, string email, long nanos) =>
        server.Ask<Db, int>(async db =>
        {
            var account = await db.Accounts.SingleAsync(a => a.Email == email && a.EmailConfirmedAt != null);
            db.LedgerAccounts.Add(new LedgerAccount
            {
                OwnerId = account.Id,
                Kind = LedgerKind.Wallet,
                Balance = nanos,
                Version = 1,
            });
            return await db.SaveChangesAsync();
        });

    /// <summary>Makes the only account's wallet hold exactly so much.</summary>
    public static Task SetCredits(this TestServer server, long nanos) => server.Ask<Db, int>(async db =>
    {
        var account = await db.Accounts.SingleAsync();
        await db.LedgerAccounts.ExecuteDeleteAsync();
        db.LedgerAccounts.Add(new LedgerAccount
        {
            OwnerId = account.Id,
            Kind = LedgerKind.Wallet,
            Balance = nanos,
            Version = 1,
        });
        return await db.SaveChangesAsync();
    });
}
