using System.Globalization;
using Gatehouse.Domain;
using Gatehouse.Features.PromoCodes;

namespace Gatehouse.Commands;

/// <summary>The operator's verbs about promo codes.</summary>
internal static class AdminPromo
{
    private const int Mistaken = 2;

    /// <summary><c>admin promo:create CODE --credit AMOUNT [--uses N] [--expires DATE]</c>.</summary>
    public static async Task<int> Create(AdminCall call)
    {
        if (call.Word(1) != "") return Mistake(call, $"{call.Word(1)} is one word too many.");
        var uses = call.Option("uses");
        var isCount = int.TryParse(uses, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0;
        if (uses is not null && !isCount) return Mistake(call, $"--uses {uses} is no whole number from 1 on.");
        var wanted = new WantedPromoCode(
            call.Word(0), call.Option("credit"), uses is null ? null : most, call.Option("expires"));
        var made = await call.Ask<CreatePromoCode>().Run(Caller.Operator, wanted, CancellationToken.None);
        return made.Match(promo => call.Say(Describe(promo)), refusal => Tell(call, refusal, wanted));
    }

    /// <summary><c>admin promo:list</c>.</summary>
    public static async Task<int> List(AdminCall call)
    {
        var listed = await call.Ask<ListPromoCodes>().Run(Caller.Operator, CancellationToken.None);
        if (!listed.Is(out var codes, out var refusal)) return call.Fail($"{refusal.Reason}");
        foreach (var promo in codes) call.Say(Describe(promo));
        return codes.Count == 0 ? call.Say("There are no promo codes.") : 0;
    }

    private static int Tell(AdminCall call, Refusal refusal, WantedPromoCode wanted) => refusal switch
    {
        { Reason: Reason.Taken } => call.Fail($"There is a promo code {wanted.Code.ToUpperInvariant()} already."),
        { Field: Field.PromoCode } => Mistake(
            call, $"{wanted.Code} is no promo code: 2 to 40 letters, digits, dashes and underscores."),
        { Field: Field.Expiry } => Mistake(call, $"--expires {wanted.Expires} is no day ahead such as 2027-12-31."),
        _ => Mistake(
            call,
            $"--credit {wanted.Credit} is no amount of dollars such as 10.00, above 0, with at most nine decimals."),
    };

    private static string Describe(PromoCode promo)
    {
        var uses = promo.MostUses is { } most ? $"{promo.Uses} of {most} used" : $"{promo.Uses} used";
        var until = promo.ExpiresAt is { } at
            ? at.ToString("'until 'yyyy-MM-dd HH:mm' UTC'", CultureInfo.InvariantCulture)
            : "for ever";
        return $"{promo.Code,-20} {Amount.Write(new Money(promo.CreditNanos)),10} USD  {uses}, {until}";
    }

    private static int Mistake(AdminCall call, string sentence)
    {
        call.Fail(sentence);
        return Mistaken;
    }
}
