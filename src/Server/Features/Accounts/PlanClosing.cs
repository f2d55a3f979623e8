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
            Apps = await db.Apps.Where(a => a.OwnerId == id).OrderBy(a => a.Id).Select(a => a.Name).ToListAsync(stop),
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

    /// <summary>Names of the apps that have to be destroyed first.</summary>
    public required IReadOnlyList<string> Apps { get; init; }
}
