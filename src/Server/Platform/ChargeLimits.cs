using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>
/// How often a card may be refused: whoever tries stolen cards here learns of few. Counted before the charge, so that
/// charges in parallel do not slip past the count, and given back unless the card was refused.
/// </summary>
public sealed class ChargeLimits(RateLimits limits, Settings settings)
{
    /// <summary>Counts one charge. Refuses with <see cref="Reason.TooManyAttempts"/>.</summary>
    public Task<Outcome<Done>> Take(Guid accountId, CancellationToken stop) => limits.Take([Of(accountId)], stop);

    /// <summary>It was not refused.</summary>
    public Task GiveBack(Guid accountId, CancellationToken stop) => limits.GiveBack([Of(accountId)], stop);

    private Limit Of(Guid accountId) =>
        new("refused-charges", accountId.ToString("D"), settings.Limits.RefusedCharges, TimeSpan.FromHours(1));
}
