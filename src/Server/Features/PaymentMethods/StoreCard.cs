using System.Security.Cryptography;
using System.Text;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.PaymentMethods;

/// <summary>
/// Has the payment provider keep the card behind a token, before anything changes on our side. Cards that are refused
/// are counted, so that nobody tries stolen numbers out here. Never runs in a transaction.
/// </summary>
public sealed class StoreCard(Db db, PaymentProvider provider, RateLimits limits, Settings settings)
{
    private const int LongestToken = 255;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The card at the provider. Refuses with <see cref="Reason.Required"/>, <see cref="Reason.InvalidFormat"/>,
    /// <see cref="Reason.CardDeclined"/> with the provider's sentence, <see cref="Reason.PaymentPending"/> or
    /// <see cref="Reason.TooManyAttempts"/>.
    /// </summary>
    /// <param name="holderId">The account; the sign-up while there is no account yet.</param>
    /// <param name="token">What the client got for the card's number.</param>
    /// <param name="request">What it is for; the same token for the same thing again is the same card.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Outcome<StoredCard>> Run(
        Guid holderId, string? token, string request, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(token)) return new Refusal(Reason.Required, Field.StripeToken);
        if (token.Length > LongestToken) return new Refusal(Reason.InvalidFormat, Field.StripeToken);
        Limit[] tries = [new Limit("card-tries", holderId.ToString("D"), settings.Limits.CardTries, Hour)];
        if ((await limits.Take(tries, stop)).Refusal is { } tooMany) return tooMany;
        var holder = new CardHolder(holderId, await CustomerOf(holderId, stop));
        var requestKey = KeyOf(holderId, token.Trim(), request);
        var answer = await provider.StoreCard(new CardToStore(holder, token.Trim(), requestKey), stop);
        if (answer.State == AnswerState.Succeeded) await GiveBack(tries, stop);
        return answer.State switch
        {
            AnswerState.Succeeded => answer.Value!,
            AnswerState.Declined => Declined(answer.Decline!),
            AnswerState.Missing => Declined(Declines.Of("card_declined")),
            AnswerState.Unknown or AnswerState.Waiting or AnswerState.Mismatched => Unanswered,
        };
    }

    /// <summary>No answer came, and unlike a charge nothing waits for one.</summary>
    internal static Refusal Unanswered => new(Reason.PaymentPending, RetryAfter: Pause)
    {
        Text = "Nothing was stored or charged. Please try again.",
    };

    private static string KeyOf(Guid holderId, string token, string request) =>
        $"card:{holderId:D}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request}\n{token}")))}";

    private static Refusal Declined(Decline decline) =>
        new(Reason.CardDeclined, Field.StripeToken) { Text = decline.Sentence };

    private Task<string?> CustomerOf(Guid holderId, CancellationToken stop) => db.PaymentMethods
        .Where(m => m.HolderId == holderId && m.Provider == provider.Name)
        .OrderByDescending(m => m.CreatedAt)
        .Select(m => m.CustomerRef)
        .FirstOrDefaultAsync(stop);

    private Task<Done> GiveBack(Limit[] tries, CancellationToken stop) => db.Write(
        async () =>
        {
            await limits.GiveBack(tries, stop);
            return Done.It;
        },
        stop);
}
