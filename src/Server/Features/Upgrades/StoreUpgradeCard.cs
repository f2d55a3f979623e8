using Gatehouse.Domain;
using Gatehouse.Features.PaymentMethods;
using Gatehouse.Gateways;
using Gatehouse.Platform;

namespace Gatehouse.Features.Upgrades;

/// <summary>Has the card of an upgrade stored, when one comes along. Never runs in a transaction.</summary>
public sealed class StoreUpgradeCard(StoreCard storeCard, TimeProvider clock)
{
    /// <summary>The card, or none. Refuses what <see cref="StoreCard"/> refuses.</summary>
    public async Task<Outcome<UpgradeCard>> Run(Guid accountId, string? token, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(token)) return new UpgradeCard(null);
        var requestKey = $"card:{Guid.CreateVersion7(clock.UtcNow()):D}";
        var stored = await storeCard.Run(accountId, token, requestKey, stop);
        return stored.Match<Outcome<UpgradeCard>>(card => new UpgradeCard(card), refusal => refusal);
    }
}

/// <summary>The card that came along; null for none.</summary>
public sealed record UpgradeCard(StoredCard? Stored);
