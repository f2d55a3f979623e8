using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.EmailChanges;

/// <summary>What the page at the address before says before its button. Changes nothing.</summary>
public sealed class ShowEmailRevocation(Db db, EmailChangeLinks links, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/>, also when the token is the one of the next address.
    /// </summary>
    public async Task<Outcome<RevocableEmailChange>> Run(string? token, CancellationToken stop)
    {
        var (hash, now) = (links.HashOf(token), clock.UtcNow());
        if (hash is null) return new Refusal(Reason.InvalidToken, Field.Token);
        var change = await db.EmailChanges.AsNoTracking()
            .SingleOrDefaultAsync(c => c.RevokeHash == hash && c.RevokeExpiresAt > now, stop);
        return change is null
            ? new Refusal(Reason.InvalidToken, Field.Token)
            : new RevocableEmailChange(
                change.PreviousSpelling,
                change.NextSpelling,
                change.RequestedFrom,
                change.RequestedAt,
                change.ConfirmedAt is not null);
    }
}

/// <summary>A change of address that can still be taken back.</summary>
/// <param name="Previous">The address before.</param>
/// <param name="Next">The address after.</param>
/// <param name="RequestedFrom">Where it was asked for.</param>
/// <param name="RequestedAt">When (UTC); a revocation removes what was made since.</param>
/// <param name="IsConfirmed">Says whether the change happened already.</param>
public sealed record RevocableEmailChange(
    string Previous, string Next, string RequestedFrom, DateTime RequestedAt, bool IsConfirmed);
