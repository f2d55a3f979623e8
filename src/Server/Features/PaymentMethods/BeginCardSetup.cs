using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.PaymentMethods;

/// <summary>
/// Opens a page of the provider's for an account or a sign-up, and notes it, so that the card is kept whether or not
/// somebody waits for it. Never runs in a transaction.
/// </summary>
public sealed class BeginCardSetup(
    Db db, PaymentProvider provider, RateLimits limits, Settings settings, TimeProvider clock)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>
    /// The visit and its address. Refuses with <see cref="Reason.PaymentPending"/> or
    /// <see cref="Reason.TooManyAttempts"/>.
    /// </summary>
    public async Task<Outcome<OpenedCardSetup>> Run(Guid holderId, CancellationToken stop)
    {
        Limit[] tries = [new Limit("card-setups", holderId.ToString("D"), settings.Limits.CardTries, Hour)];
        if ((await limits.Take(tries, stop)).Refusal is { } tooMany) return tooMany;
        var customer = await db.PaymentMethods
            .Where(m => m.HolderId == holderId && m.Provider == provider.Name)
            .OrderByDescending(m => m.CreatedAt)
            .Select(m => m.CustomerRef)
            .FirstOrDefaultAsync(stop);
        var now = clock.UtcNow();
        var id = Guid.CreateVersion7(now);
        var answer = await provider.OpenCardPage(new CardHolder(holderId, customer), $"setup:{id:D}", stop);
        if (answer.Value is not { } page) return Reason.PaymentPending;
        return await db.Write(() => Note(id, holderId, page, now), stop);
    }

    private Task<Outcome<OpenedCardSetup>> Note(Guid id, Guid holderId, CardPage page, DateTime now)
    {
        db.CardSetups.Add(new CardSetup
        {
            Id = id,
            AccountId = holderId,
            ProviderRef = page.Ref,
            CreatedAt = now,
            ExpiresAt = now + CardSetup.Life,
        });
        return Task.FromResult<Outcome<OpenedCardSetup>>(new OpenedCardSetup(id, page.Url));
    }
}

/// <summary>A page that waits for a card.</summary>
/// <param name="Id">Names the visit to us.</param>
/// <param name="Url">Where the card is entered.</param>
public sealed record OpenedCardSetup(Guid Id, string Url);
