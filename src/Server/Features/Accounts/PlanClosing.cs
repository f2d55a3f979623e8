using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Usage;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>What closing the caller's account would mean: what ends at once, what is erased and when.</summary>
public sealed class PlanClosing(Db db, Settings settings, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.</summary>
    public async Task<Outcome<ClosingPlan>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Everything).Is(out var id, out var refusal)) return refusal;
        var now = clock.UtcNow();
        var (_, bill) = await db.ReadRunningBill(id, now, stop);
        var open = await db.InvoiceDebts.Where(debt => debt.AccountId == id).SumAsync(debt => debt.OpenNanos, stop);
        return new ClosingPlan(
            await db.ApiKeys.CountAsync(k => k.AccountId == id, stop),
            await db.Sessions.CountAsync(s => s.AccountId == id, stop),
            await db.SshKeys.CountAsync(k => k.AccountId == id, stop),
            now + TimeSpan.FromDays(settings.Accounts.ClosingGraceDays))
        {
            FinalAmountCents = bill.Total.WholeCents,
            OwedCents = new Money(open).WholeCents,
            CreditCents = (await db.CreditsOf(id, now, stop)).WholeCents,
            Databases = await db.AppDatabases.CountAsync(d => d.OwnerId == id, stop),
            PaymentMethod = await db.PaymentMethods
                .Where(m => m.HolderId == id && m.ReplacedAt == null)
                .Select(m => m.Brand + " ending in " + m.Last4).SingleOrDefaultAsync(stop),
            Google = await db.ExternalLogins
                .Where(l => l.AccountId == id).Select(l => l.EmailSpelling).FirstOrDefaultAsync(stop),
            Apps = await db.Apps.Where(a => a.OwnerId == id).OrderBy(a => a.Id).Select(a => a.Name).ToListAsync(stop),
            SharedApps = await db.Collaborators
                .Where(c => c.AccountId == id)
                .Join(db.Apps, c => c.AppId, a => a.Id, (_, a) => a.Name)
                .OrderBy(name => name).ToListAsync(stop),
        };
    }
}

/// <summary>The consequences of closing an account.</summary>
/// <param name="ApiKeys">Keys that end at once.</param>
/// <param name="Sessions">Logins that end at once.</param>
/// <param name="SshKeys">SSH keys that are erased.</param>
/// <param name="ErasedAt">When everything personal goes, and undoing ends (UTC).</param>
public sealed record ClosingPlan(int ApiKeys, int Sessions, int SshKeys, DateTime ErasedAt)
{
    /// <summary>What the last invoice comes to, if the account is closed now.</summary>
    public required long FinalAmountCents { get; init; }

    /// <summary>What is still owed of earlier invoices.</summary>
    public required long OwedCents { get; init; }

    /// <summary>Credits that are left now: what the last invoice does not take of them is lost in the end.</summary>
    public required long CreditCents { get; init; }

    /// <summary>How many databases there are; each goes with its app.</summary>
    public required int Databases { get; init; }

    /// <summary>The card on file, which is forgotten in the end; null without one.</summary>
    public required string? PaymentMethod { get; init; }

    /// <summary>The Google account that opens it, by its address when it was linked; null without one.</summary>
    public required string? Google { get; init; }

    /// <summary>Names of the apps that have to be destroyed first.</summary>
    public required IReadOnlyList<string> Apps { get; init; }

    /// <summary>Names of others' apps that the account has a part in.</summary>
    public required IReadOnlyList<string> SharedApps { get; init; }
}
