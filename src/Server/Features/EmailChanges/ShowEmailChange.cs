using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.EmailChanges;

/// <summary>What the pages behind the two links of a change say before their buttons. Changes nothing.</summary>
public sealed class ShowEmailChange(Db db, EmailChangeLinks links, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.InvalidToken"/>.</summary>
    public async Task<Outcome<WaitingEmailChange>> Run(string? token, CancellationToken stop)
    {
        var (hash, now) = (links.HashOf(token), clock.UtcNow());
        if (hash is null) return new Refusal(Reason.InvalidToken, Field.Token);
        var change = await db.EmailChanges.AsNoTracking().SingleOrDefaultAsync(
            c => (c.ConfirmHash == hash && c.ConfirmExpiresAt > now)
                || (c.RevokeHash == hash && c.RevokeExpiresAt > now),
            stop);
        return change is null
            ? new Refusal(Reason.InvalidToken, Field.Token)
            : new WaitingEmailChange(
                change.PreviousSpelling,
                change.NextSpelling,
                change.RequestedFrom,
                change.RequestedAt,
                change.ConfirmedAt is not null);
    }
}

/// <summary>A change of address as its pages show it.</summary>
/// <param name="Previous">The address before; shown on the revoking page only.</param>
/// <param name="Next">The address after.</param>
/// <param name="RequestedFrom">Where it was asked for.</param>
/// <param name="RequestedAt">When (UTC).</param>
/// <param name="IsConfirmed">Says whether the change happened already.</param>
public sealed record WaitingEmailChange(
    string Previous, string Next, string RequestedFrom, DateTime RequestedAt, bool IsConfirmed);
