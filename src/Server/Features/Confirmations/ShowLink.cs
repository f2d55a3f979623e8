using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Features.Confirmations;

/// <summary>What the page behind a confirmation link says before its button is pressed. Changes nothing.</summary>
public sealed class ShowLink(Db db, MasterKey key, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.InvalidToken"/>.</summary>
    public async Task<Outcome<WaitingConfirmation>> Run(string? token, CancellationToken stop) =>
        await db.FindClaim(key, token, clock.UtcNow(), stop) is { } claim
            ? new WaitingConfirmation(claim.EmailSpelling, claim.RequestedFrom, claim.CreatedAt)
            : new Refusal(Reason.InvalidToken, Field.Token);
}

/// <summary>A confirmation that waits for its button.</summary>
/// <param name="Email">The address.</param>
/// <param name="RequestedFrom">Where the address was entered.</param>
/// <param name="RequestedAt">When (UTC).</param>
public sealed record WaitingConfirmation(string Email, string RequestedFrom, DateTime RequestedAt);
