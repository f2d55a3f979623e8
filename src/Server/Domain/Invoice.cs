namespace Gatehouse.Domain;

/// <summary>
/// An invoice as it was issued: never changed, never deleted. Numbers are one series without gaps, and each invoice is
/// chained to the one before it, so that none can be altered or vanish unseen.
/// </summary>
public sealed class Invoice
{
    /// <summary>1, 2, 3, … over all accounts.</summary>
    public required long Number { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>Seconds since 1970, UTC.</summary>
    public required long StartsAt { get; init; }

    /// <summary>Seconds since 1970, UTC; not included.</summary>
    public required long EndsAt { get; init; }

    public required DateTime IssuedAt { get; init; }

    /// <summary>All lines, in nano-dollars: whole cents. Below zero when more is given back than was used.</summary>
    public required long TotalNanos { get; init; }

    /// <summary>What was left for the payment method, in nano-dollars: whole cents.</summary>
    public required long DueNanos { get; init; }

    /// <summary>What credits paid while the time passed, in nano-dollars.</summary>
    public required long PrepaidNanos { get; init; }

    /// <summary>The posting that books it; null when there was nothing left to book.</summary>
    public Guid? PostingId { get; init; }

    /// <summary>Hash of the invoice with the number before.</summary>
    public required byte[] PreviousHash { get; init; }

    /// <summary>The invoice itself, as text in UTF-8; see <see cref="InvoiceText"/>.</summary>
    public required byte[] Document { get; init; }

    /// <summary>SHA-256 of the document, which ends with the hash before.</summary>
    public required byte[] Hash { get; init; }
}

/// <summary>One line of an invoice, for lists; what it is made of stands in <see cref="InvoiceSlice"/>.</summary>
public sealed class InvoiceLine
{
    public required long Number { get; init; }

    /// <summary>1, 2, 3, … within the invoice.</summary>
    public required int Line { get; init; }

    public required Guid AppId { get; init; }

    public required string AppName { get; init; }

    public required Metered Kind { get; init; }

    /// <summary>The app, or the database.</summary>
    public required Guid ResourceId { get; init; }

    /// <summary>MB of a database; 0 for replicas.</summary>
    public required int SizeMilli { get; init; }

    public required int PriceVersion { get; init; }

    /// <summary>Start of the billing period that it is for; an earlier one for adjustments.</summary>
    public required long PeriodStartsAt { get; init; }

    /// <summary>End of that period.</summary>
    public required long PeriodEndsAt { get; init; }

    /// <summary>MB-seconds of replicas, or seconds of a database.</summary>
    public required long Units { get; init; }

    /// <summary>Price of one of them over a whole month, in nano-dollars.</summary>
    public required long MonthNanos { get; init; }

    /// <summary>Whole cents, in nano-dollars.</summary>
    public required long AmountNanos { get; init; }

    /// <summary>Says whether it corrects a bill of an earlier period.</summary>
    public bool IsAdjustment(Invoice invoice) => PeriodEndsAt <= invoice.StartsAt;
}

/// <summary>A stretch of an interval that a line counted.</summary>
public sealed class InvoiceSlice
{
    public required long Number { get; init; }

    public required int Line { get; init; }

    /// <summary>1, 2, 3, … within the line.</summary>
    public required int Position { get; init; }

    public required Guid IntervalId { get; init; }

    public required long StartsAt { get; init; }

    public required long EndsAt { get; init; }

    /// <summary>1, or -1 for time that is given back.</summary>
    public required int Sign { get; init; }
}

/// <summary>What is still owed of an invoice, and when it is tried to be collected next.</summary>
public sealed class InvoiceDebt
{
    /// <summary>Days after the first try on which it is tried again.</summary>
    public static readonly IReadOnlyList<int> RetryDays = [1, 3, 5, 7];

    /// <summary>Card networks take nothing below this: less is charged with the next invoice.</summary>
    public static readonly Money LeastCharge = Money.FromCents(50);

    public required long Number { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>What is still owed, in nano-dollars.</summary>
    public required long OpenNanos { get; init; }

    /// <summary>What credits have paid of it, in nano-dollars.</summary>
    public required long CreditNanos { get; init; }

    /// <summary>What a payment method has paid of it, in nano-dollars.</summary>
    public required long ChargedNanos { get; init; }

    /// <summary>Tries that failed.</summary>
    public int Failures { get; init; }

    /// <summary>When the first try failed; the retries count from it.</summary>
    public DateTime? FirstFailedAt { get; init; }

    /// <summary>
    /// When it is tried next (UTC); null when it is paid, when it waits for another card or credits, and, if no try has
    /// failed, when it is so little that it is charged with the next invoice.
    /// </summary>
    public DateTime? NextTryAt { get; init; }

    /// <summary>When the last of it was paid (UTC).</summary>
    public DateTime? PaidAt { get; init; }

    /// <summary>Whether it is so little that it is charged with the next invoice.</summary>
    public bool IsCarried => PaidAt is null && NextTryAt is null && FirstFailedAt is null;

    /// <summary>
    /// When to try again after a failure (UTC); null when the last day is over. Tries that a customer caused in between
    /// use none of them up.
    /// </summary>
    public static DateTime? NextTry(DateTime firstFailedAt, DateTime now) => RetryDays
        .Select(day => (DateTime?)firstFailedAt.AddDays(day))
        .FirstOrDefault(planned => planned > now);

    /// <summary>What failed first before this (UTC) is overdue: there is no further try.</summary>
    public static DateTime OverdueSince(DateTime now) => now.AddDays(-RetryDays[^1]);
}
