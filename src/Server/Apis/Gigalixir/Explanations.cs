using System.Globalization;
using Gatehouse.Domain;
using Gatehouse.Features.Invoices;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>
/// From the total to the second: the invoice, its line, the prices, the intervals, and what was booked (README,
/// "Bills").
/// </summary>
internal sealed record ExplanationReply
{
    public required long Number { get; init; }

    public required long TotalCents { get; init; }

    public required InvoiceLineReply Line { get; init; }

    public required PriceReply Price { get; init; }

    public required PeriodReply Period { get; init; }

    public required IEnumerable<IntervalReply> Intervals { get; init; }

    /// <summary>Dollars before rounding, as <c>units × price ÷ seconds</c> and what it comes to.</summary>
    public required CalculationReply Calculation { get; init; }

    public required IEnumerable<EntryReply> LedgerEntries { get; init; }

    /// <summary><c>identical</c>, or <c>different</c> when something was altered since.</summary>
    public required string Recomputed { get; init; }

    /// <summary>Of the invoice as it was issued.</summary>
    public required string Sha256 { get; init; }

    public static ExplanationReply Of(LineExplained explained)
    {
        var (invoice, line, again) = (explained.Found.Invoice, explained.Line, explained.Again);
        return new ExplanationReply
        {
            Number = invoice.Number,
            TotalCents = new Money(invoice.TotalNanos).WholeCents,
            Line = InvoiceLineReply.Of(invoice, line),
            Price = PriceReply.Of(explained.Price, line),
            Period = new PeriodReply(
                BillText.Time(line.PeriodStartsAt),
                BillText.Time(line.PeriodEndsAt),
                line.PeriodEndsAt - line.PeriodStartsAt),
            Intervals = again?.Slices.Select(IntervalReply.Of) ?? [],
            Calculation = CalculationReply.Of(line, again),
            LedgerEntries = explained.Entries.Select(EntryReply.Of),
            Recomputed = explained.IsIdentical ? "identical" : "different",
            Sha256 = Convert.ToHexStringLower(invoice.Hash),
        };
    }
}

/// <summary>A version of the prices, and what it says of this line.</summary>
/// <param name="Version">1, 2, 3, …</param>
/// <param name="ValidFrom">Missing for the first version.</param>
/// <param name="Month">Dollars for a full month.</param>
/// <param name="Unit">Of what.</param>
internal sealed record PriceReply(int Version, string? ValidFrom, string Month, string Unit)
{
    public static PriceReply Of(PriceVersion price, InvoiceLine line) => new(
        price.Number,
        price.StartsAt == 0 ? null : BillText.Time(price.StartsAt),
        Amount.Write(new Money(line.MonthNanos)),
        line.Kind == Metered.Replica ? "1 MB of one replica" : $"a database of {new Size(line.SizeMilli)} GB");
}

/// <summary>The billing period that a line is for.</summary>
internal sealed record PeriodReply(string Start, string End, long Seconds);

/// <summary>A stretch of time in which nothing changed.</summary>
/// <param name="Start">From when.</param>
/// <param name="End">Until when; not included.</param>
/// <param name="Seconds">How long; below zero where it is given back.</param>
/// <param name="Replicas">How many; missing for a database.</param>
/// <param name="Size">Gigabytes of one of them.</param>
/// <param name="Id">The interval it is a part of.</param>
internal sealed record IntervalReply(string Start, string End, long Seconds, int? Replicas, decimal Size, Guid Id)
{
    public static IntervalReply Of(UsageSlice slice) => new(
        BillText.Time(slice.From),
        BillText.Time(slice.Until),
        slice.Seconds,
        slice.Of.Kind == Metered.Replica ? slice.Of.Quantity : null,
        new Size(slice.Of.SizeMilli).Gigabytes,
        slice.Of.Id);
}

/// <summary>How a line comes to its amount.</summary>
/// <param name="Formula">With the figures in it: MB-seconds or seconds, dollars a month, seconds of the period.</param>
/// <param name="ExactDollars">What it comes to, to twelve decimals.</param>
/// <param name="AmountCents">Rounded, so that all lines add up to the total.</param>
internal sealed record CalculationReply(string Formula, string ExactDollars, long AmountCents)
{
    private const long NanosPerDollar = 1_000_000_000;

    public static CalculationReply Of(InvoiceLine line, BillLine? again)
    {
        var month = Amount.Write(new Money(line.MonthNanos));
        var unit = line.Kind == Metered.Replica ? "MB-seconds" : "seconds";
        return new CalculationReply(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{line.Units} {unit} x {month} / {line.PeriodEndsAt - line.PeriodStartsAt} seconds"),
            Decimals(again?.Exact ?? new Fraction(0, 1)),
            new Money(line.AmountNanos).WholeCents);
    }

    private static string Decimals(Fraction nanos)
    {
        var scaled = (nanos / NanosPerDollar * 1_000_000_000_000).Nearest;
        var digits = System.Numerics.BigInteger.Abs(scaled).ToString(CultureInfo.InvariantCulture).PadLeft(13, '0');
        return $"{(scaled.Sign < 0 ? "-" : "")}{digits[..^12]}.{digits[^12..]}";
    }
}

/// <summary>One entry of the books.</summary>
internal sealed record EntryReply(string At, string Posting, string Account, string Amount, Guid Id)
{
    public static EntryReply Of(ExplainedEntry entry) => new(
        BillText.Time(entry.At),
        entry.Kind,
        NameOf(entry.Account),
        Domain.Amount.Write(entry.Amount),
        entry.PostingId);

    private static string NameOf(LedgerKind kind) => kind switch
    {
        LedgerKind.Wallet => "wallet",
        LedgerKind.Promo => "promo",
        LedgerKind.Reserved => "reserved",
        LedgerKind.Receivable => "receivable",
        LedgerKind.Clearing => "clearing",
        LedgerKind.Revenue => "revenue",
        LedgerKind.PromoExpense => "promo_expense",
        LedgerKind.Breakage => "breakage",
        LedgerKind.Rounding => "rounding",
    };
}
