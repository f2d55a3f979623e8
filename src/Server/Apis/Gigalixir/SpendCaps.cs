using System.Text.Json;
using System.Text.Json.Serialization;
using Gatehouse.Domain;
using Gatehouse.Features.SpendCaps;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>The most that a month may cost (README, "Bills"); ours.</summary>
internal static class SpendCaps
{
    /// <summary><c>GET /api/spend_cap</c>.</summary>
    public static Task<IResult> Show(HttpContext http, ShowSpendCap show, CancellationToken stop) =>
        show.Run(http.Caller(), stop).Answer(cap => Json.Data(SpendCapReply.Of(cap)));

    /// <summary><c>PUT /api/spend_cap</c>: an amount sets it, <c>null</c> takes it away.</summary>
    public static Task<IResult> Set(
        HttpContext http, SetSpendCap set, ShowSpendCap show, CancellationToken stop) =>
        Json.Reading<SpendCapRequest>(http, async body => body.Read().Is(out var wanted, out var refusal)
            ? (await set.Run(http.Caller(), wanted, stop)).Is(out _, out refusal)
                ? await Show(http, show, stop)
                : Errors.Answer(refusal)
            : Errors.Answer(refusal));
}

/// <summary>What <c>PUT /api/spend_cap</c> takes.</summary>
internal sealed record SpendCapRequest
{
    /// <summary>Dollars, as a text or as a number, which is read digit by digit.</summary>
    public JsonElement? Amount { get; init; }

    /// <summary><c>refuse</c>, unless said otherwise, or <c>suspend</c>.</summary>
    public string? AtCap { get; init; }

    internal Outcome<WantedCap> Read()
    {
        CapAction? action = AtCap switch
        {
            null or "refuse" => CapAction.Refuse,
            "suspend" => CapAction.Suspend,
            _ => null,
        };
        if (action is null) return new Refusal(Reason.InvalidFormat, Field.CapAction);
        return Amount switch
        {
            null or { ValueKind: JsonValueKind.Null } => new WantedCap(null, action.Value),
            { ValueKind: JsonValueKind.String } text => Of(Domain.Amount.Parse(text.GetString()), action.Value),
            { ValueKind: JsonValueKind.Number } number => Of(Domain.Amount.Parse(number.GetRawText()), action.Value),
            _ => new Refusal(Reason.InvalidFormat, Field.Amount),
        };
    }

    private static Outcome<WantedCap> Of(Money? amount, CapAction action) =>
        amount is null ? new Refusal(Reason.InvalidFormat, Field.Amount) : new WantedCap(amount, action);
}

/// <summary>The cap.</summary>
internal sealed record SpendCapReply(string AtCap, long SpentCents, string PeriodStart, string PeriodEnd)
{
    /// <summary>Dollars; null for no cap.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Amount { get; init; }

    public static SpendCapReply Of(SpendCapShown shown) => new(
        NameOf(shown.Action),
        shown.Spent.WholeCents,
        BillText.Time(shown.Period.StartsAt),
        BillText.Time(shown.Period.EndsAt))
    {
        Amount = shown.Cap is { } cap ? Domain.Amount.Write(cap) : null,
    };

    private static string NameOf(CapAction action) => action switch
    {
        CapAction.Refuse => "refuse",
        CapAction.Suspend => "suspend",
    };
}
