using System.Globalization;
using System.Text.RegularExpressions;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Features.PromoCodes;

/// <summary>Makes a code that gives credits; for the operator alone.</summary>
public sealed partial class CreatePromoCode(Db db, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.InvalidFormat"/> (of the code, the amount, or the expiry, which has to lie
    /// ahead), <see cref="Reason.OutOfRange"/> (uses below 1), <see cref="Reason.Taken"/>, or
    /// <see cref="Reason.NotFound"/> to everybody else.
    /// </summary>
    public async Task<Outcome<PromoCode>> Run(Caller caller, WantedPromoCode wanted, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        if (!Read(wanted, clock.UtcNow()).Is(out var promo, out var refusal)) return refusal;
        try
        {
            return await db.Write(() => Add(promo), stop);
        }
        catch (Exception taken) when (db.IsTaken(taken))
        {
            return new Refusal(Reason.Taken, Field.PromoCode);
        }
    }

    private Task<Outcome<PromoCode>> Add(PromoCode promo)
    {
        db.PromoCodes.Add(promo);
        return Task.FromResult<Outcome<PromoCode>>(promo);
    }

    private static Outcome<PromoCode> Read(WantedPromoCode wanted, DateTime now)
    {
        var code = wanted.Code.Trim().ToUpperInvariant();
        if (!Form().IsMatch(code)) return new Refusal(Reason.InvalidFormat, Field.PromoCode);
        if (Amount.Parse(wanted.Credit) is not { IsBookable: true } credit)
            return new Refusal(Reason.InvalidFormat, Field.Amount);
        if (wanted.Uses < 1) return new Refusal(Reason.OutOfRange);
        if (!ReadExpiry(wanted.Expires, now).Is(out var expiry, out var refusal)) return refusal;
        return new PromoCode
        {
            Code = code,
            CreditNanos = credit.Nanos,
            MostUses = wanted.Uses,
            ExpiresAt = expiry.At,
            CreatedAt = now,
        };
    }

    private static Outcome<Ending> ReadExpiry(string? text, DateTime now)
    {
        if (text is null) return new Ending(null);
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        string[] forms = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssZ"];
        var isTime = DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, Utc, out var at);
        return isTime && at > now ? new Ending(at) : new Refusal(Reason.InvalidFormat, Field.Expiry);
    }

    [GeneratedRegex(@"^[A-Z0-9][A-Z0-9_-]{1,39}\z", RegexOptions.None, 100)]
    private static partial Regex Form();

    private readonly record struct Ending(DateTime? At);
}

/// <summary>A code as the operator typed it.</summary>
/// <param name="Code">Two to forty letters, digits, dashes and underscores; case makes no difference.</param>
/// <param name="Credit">What it gives, such as <c>10.00</c>.</param>
/// <param name="Uses">How often it may be used in all; null for no limit.</param>
/// <param name="Expires">The day on which it ends at 00:00 UTC, or the second; null for never.</param>
public sealed record WantedPromoCode(string Code, string? Credit, int? Uses, string? Expires);
