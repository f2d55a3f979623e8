using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Audit;

/// <summary>
/// The audit log of the caller's account, as much as proves itself: every field that its hashes are made of.
/// </summary>
public sealed class ShowActivity(Db db)
{
    private const int Most = 1000;

    /// <summary>
    /// The newest first; <paramref name="before"/> goes on where an earlier answer ended. Refuses with
    /// <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<Activity>>> Run(
        Caller caller, long? before, int? limit, CancellationToken stop)
    {
        if (!caller.Holder(Scope.AccountRead).Is(out var id, out var refusal)) return refusal;
        var rows = await db.AuditEntries.AsNoTracking()
            .Where(entry => entry.AccountId == id && (before == null || entry.Sequence < before))
            .OrderByDescending(entry => entry.Sequence)
            .Take(Math.Clamp(limit ?? 100, 1, Most))
            .GroupJoin(
                db.AuditContexts,
                entry => new { entry.AccountId, entry.Sequence },
                context => new { context.AccountId, context.Sequence },
                (entry, contexts) => new { entry, contexts })
            .SelectMany(row => row.contexts.DefaultIfEmpty(), (row, context) => new { row.entry, context })
            .OrderByDescending(row => row.entry.Sequence)
            .ToListAsync(stop);
        return Outcome.Of<IReadOnlyList<Activity>>([.. rows.Select(row => new Activity(row.entry, row.context))]);
    }
}

/// <summary>One event, and where it came from while that is not erased.</summary>
public sealed record Activity(AuditEntry Entry, AuditContext? Context);
