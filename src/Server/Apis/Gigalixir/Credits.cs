using System.Text.Json;
using Gatehouse.Domain;
using Gatehouse.Features.Credits;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>Credits (README, "Credits"): 1 credit is 1 USD.</summary>
internal static class Credits
{
    /// <summary><c>GET /api/credits</c>.</summary>
    public static Task<IResult> Show(HttpContext http, ShowCredits show, CancellationToken stop) =>
        show.Run(http.Caller(), stop).Answer(credits => Json.Data(CreditsReply.Of(credits)));

    /// <summary><c>POST /api/credits</c>: under one <c>Idempotency-Key</c> it is one payment.</summary>
    public static Task<IResult> Buy(HttpContext http, BuyCredits buy, CancellationToken stop) =>
        Json.Reading<CreditsRequest>(http, body => body.IsMissing
            ? Task.FromResult(Errors.Answer(new Refusal(Reason.Required, Field.Amount)))
            : buy.Run(http.Caller(), new Purchase(body.Money, KeyOf(http)), stop)
                .Answer(payment => Json.Data(PaymentReply.Of(payment), StatusCodes.Status201Created)));

    private static string? KeyOf(HttpContext http) =>
        http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key ? key : null;
}

/// <summary>
/// What <c>POST /api/credits</c> takes: an amount as a text, or as a number, which is read digit by digit.
/// </summary>
internal sealed record CreditsRequest
{
    public JsonElement? Amount { get; init; }

    internal bool IsMissing => Amount is null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined };

    internal Money? Money => Amount switch
    {
        { ValueKind: JsonValueKind.String } text => Domain.Amount.Parse(text.GetString()),
        { ValueKind: JsonValueKind.Number } number => Domain.Amount.Parse(number.GetRawText()),
        _ => null,
    };
}

/// <summary>Credits that were bought.</summary>
internal sealed record PaymentReply(Guid Id, string Amount, long AmountCents, string State, DateTime CreatedAt)
{
    public static PaymentReply Of(Payment payment)
    {
        var amount = new Money(payment.AmountNanos);
        return new PaymentReply(
            payment.Id, Domain.Amount.Write(amount), amount.WholeCents, "paid", payment.CreatedAt);
    }
}

/// <summary>Somebody's credits.</summary>
/// <param name="BalanceCents">What can be spent, in whole cents, rounded down.</param>
/// <param name="Credits">The same, exact.</param>
/// <param name="Lots">The part of it that was given.</param>
/// <param name="Postings">What was booked last, the newest first.</param>
internal sealed record CreditsReply(
    long BalanceCents, string Credits, IEnumerable<LotReply> Lots, IEnumerable<PostingReply> Postings)
{
    public static CreditsReply Of(CreditsShown shown) => new(
        shown.Balance.WholeCents,
        Amount.Write(shown.Balance),
        shown.Lots.Select(lot => new LotReply(
            Amount.Write(new Money(lot.Remaining)), Amount.Write(new Money(lot.Granted)), lot.ExpiresAt)),
        shown.Postings.Select(p => new PostingReply(p.At, p.Kind, p.Memo, Amount.Write(p.Change))));
}

/// <summary>Credits that were given at one time.</summary>
internal sealed record LotReply(string Remaining, string Granted, DateTime? ExpiresAt);

/// <summary>One posting.</summary>
internal sealed record PostingReply(DateTime At, string Kind, string Memo, string Change);
