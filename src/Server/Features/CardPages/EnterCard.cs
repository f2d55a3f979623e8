using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;

namespace Gatehouse.Features.CardPages;

/// <summary>
/// Enters a test card on a card page of the sandbox. Of the number nothing is kept but which test card it is.
/// </summary>
public sealed class EnterCard(SandboxDesk desk, RateLimits limits, Settings settings)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/> (no such page, or it was used),
    /// <see cref="Reason.CardDeclined"/> or <see cref="Reason.TooManyAttempts"/>.
    /// </summary>
    public async Task<Outcome<Done>> Run(string? id, TypedCard card, CancellationToken stop)
    {
        Limit[] tries = [new Limit("card-page", id ?? "", settings.Limits.CardTries, Hour)];
        if ((await limits.Take(tries, stop)).Refusal is { } tooMany) return tooMany;
        var entered = new EnteredCard(card.Number ?? "", card.ExpiryMonth ?? "", card.ExpiryYear ?? "", card.Code);
        var answer = await desk.EnterOnPage(id ?? "", entered, stop);
        return answer.State switch
        {
            AnswerState.Succeeded => Done.It,
            AnswerState.Declined => new Refusal(Reason.CardDeclined) { Text = answer.Decline!.Sentence },
            AnswerState.Missing => new Refusal(Reason.InvalidToken, Field.Token),
            AnswerState.Unknown or AnswerState.Waiting or AnswerState.Mismatched => Reason.PaymentPending,
        };
    }
}

/// <summary>What was typed.</summary>
public sealed record TypedCard(string? Number, string? ExpiryMonth, string? ExpiryYear, string? Code)
{
    /// <summary>Nothing of it is ever printed.</summary>
    public override string ToString() => "(a card)";
}
