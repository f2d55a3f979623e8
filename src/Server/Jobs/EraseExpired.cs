using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Jobs;

/// <summary>
/// Removes what means nothing any more: counters and sign-ups whose time is over with their cards, accounts whose
/// address nobody confirmed, audit chains that belong to no account, what the platform was told a month ago.
/// </summary>
public sealed class EraseExpired(Db db, JobContext context) : IJob
{
    public Task Run(CancellationToken stop) => db.Write(() => Erase(context.Clock.UtcNow(), stop), stop);

    private async Task<Done> Erase(DateTime now, CancellationToken stop)
    {
        var milliseconds = new DateTimeOffset(now).ToUnixTimeMilliseconds();
        var yesterday = now - TimeSpan.FromDays(1);
        var unconfirmedSince = now - Account.UnconfirmedLife;
        await db.PasswordResets.Where(r => r.ExpiresAt <= now).ExecuteDeleteAsync(stop);
        await db.EmailChanges
            .Where(c => c.RevokeExpiresAt <= now && (c.ConfirmedAt != null || c.ConfirmExpiresAt <= now))
            .ExecuteDeleteAsync(stop);
        await db.Sessions.Where(s => s.ExpiresAt <= now).ExecuteDeleteAsync(stop);
        await db.ProviderVisits.Where(v => v.ExpiresAt <= now).ExecuteDeleteAsync(stop);
        await db.TerminalLogins.Where(t => t.ExpiresAt <= now).ExecuteDeleteAsync(stop);
        await db.Counters.Where(c => c.EndsAt <= milliseconds).ExecuteDeleteAsync(stop);
        await db.SignUps.Where(s => s.ExpiresAt <= now).ExecuteDeleteAsync(stop);
        await db.Accounts
            .Where(a => a.EmailConfirmedAt == null && a.CreatedAt <= unconfirmedSince)
            .ExecuteDeleteAsync(stop);
        await db.CardSetups.Where(s => s.ExpiresAt <= yesterday).ExecuteDeleteAsync(stop);
        await db.PaymentMethods
            .Where(m => !db.Accounts.Any(a => a.Id == m.HolderId) && !db.SignUps.Any(s => s.Id == m.HolderId))
            .ExecuteDeleteAsync(stop);
        await db.DropCards(accountId: null, stop);
        // Tokens nobody spent and pages nobody filled in; what was paid stays with the sandbox.
        await db.SandboxObjects
            .Where(o => o.CreatedAt <= yesterday && (o.Id.StartsWith("tok_") || o.Id.StartsWith("cs_")))
            .ExecuteDeleteAsync(stop);
        await db.ForgetOldMessages(now, stop);
        await db.Webhooks.Where(w => w.PreviousUntil <= now).ExecuteUpdateAsync(
            set => set.SetProperty(w => w.SealedPrevious, (byte[]?)null)
                .SetProperty(w => w.PreviousUntil, (DateTime?)null),
            stop);
        await EraseOrphanedChains(unconfirmedSince, stop);
        return Done.It;
    }

    /// <summary>The chains of stand-ins for unknown identifiers, and of accounts that went unconfirmed.</summary>
    private async Task EraseOrphanedChains(DateTime before, CancellationToken stop)
    {
        var orphans = await db.AuditChains
            .Where(c => !db.Accounts.Any(a => a.Id == c.AccountId))
            .Where(c => !db.AuditEntries.Any(e => e.AccountId == c.AccountId && e.At > before))
            .Select(c => c.AccountId).Take(1000).ToListAsync(stop);
        await db.AuditEntries.Where(e => orphans.Contains(e.AccountId)).ExecuteDeleteAsync(stop);
        await db.AuditContexts.Where(c => orphans.Contains(c.AccountId)).ExecuteDeleteAsync(stop);
        await db.AuditChains.Where(c => orphans.Contains(c.AccountId)).ExecuteDeleteAsync(stop);
    }
}
