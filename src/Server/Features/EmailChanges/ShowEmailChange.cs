using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.EmailChanges;

/// <summary>
/// What the page at the next address says before its button. That address may be a stranger's, so nothing of the
/// account is in it, and the other link's token shows nothing. Changes nothing.
/// </summary>
public sealed class ShowEmailChange(Db db, EmailChangeLinks links, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.InvalidToken"/>.</summary>
    public async Task<Outcome<WaitingEmailChange>> Run(string? token, CancellationToken stop)
    {
        var (hash, now) = (links.HashOf(token), clock.UtcNow());
        if (hash is null) return new Refusal(Reason.InvalidToken, Field.Token);
        var change = await db.EmailChanges.AsNoTracking()
            .SingleOrDefaultAsync(c => c.ConfirmHash == hash && c.ConfirmExpiresAt > now, stop);
        return change is null
            ? new Refusal(Reason.InvalidToken, Field.Token)
            : new WaitingEmailChange(change.NextSpelling, change.RequestedFrom, change.RequestedAt);
    }
}

/// <summary>A change of address that waits for the next address to agree.</summary>
/// <param name="Next">The address after.</param>
/// <param name="RequestedFrom">Where it was asked for.</param>
/// <param name="RequestedAt">When (UTC).</param>
public sealed record WaitingEmailChange(string Next, string RequestedFrom, DateTime RequestedAt);
