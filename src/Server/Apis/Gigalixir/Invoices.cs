using System.Globalization;
using System.Text.Json.Serialization;
using Gatehouse.Domain;
using Gatehouse.Features.Invoices;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>Invoices, and where their lines come from (README, "Bills").</summary>
internal static class Invoices
{
    /// <summary><c>GET /api/invoices</c>: a row for each app and invoice, the newest first.</summary>
    public static Task<IResult> List(HttpContext http, ListInvoices list, CancellationToken stop) =>
        list.Run(http.Caller(), stop).Answer(found => Json.Data(found.SelectMany(InvoiceRowReply.Of)));

    /// <summary><c>GET /api/invoices/{number}</c>.</summary>
    public static Task<IResult> Show(HttpContext http, string number, ShowInvoice show, CancellationToken stop) =>
        show.Run(http.Caller(), NumberOf(number), stop).Answer(found => Json.Data(InvoiceReply.Of(found)));

    /// <summary><c>GET /api/invoices/{number}/lines/{line}/explanation</c>.</summary>
    public static Task<IResult> Explain(
        HttpContext http, string number, string line, ExplainInvoiceLine explain, CancellationToken stop) => explain
        .Run(http.Caller(), NumberOf(number), (int)Math.Min(int.MaxValue, NumberOf(line)), stop)
        .Answer(explained => Json.Data(ExplanationReply.Of(explained)));

    /// <summary>What is no number names no invoice.</summary>
    private static long NumberOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

/// <summary>How this dialect writes times and sizes of bills.</summary>
internal static class BillText
{
    private const string Format = "yyyy-MM-ddTHH:mm:ss.fff+00:00";

    public static string Time(long second) => Time(Seconds.ToMoment(second));

    public static string Time(DateTime moment) => moment.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Gigabyte-seconds, with as many decimals as they need.</summary>
    public static decimal SizeSeconds(long units) => units / 1000m / 1.000000000000000000000000000000m;
}

/// <summary>What one app had on one invoice: the original's row, and what is ours beside it.</summary>
internal sealed record InvoiceRowReply
{
    /// <summary>Before credits.</summary>
    public required long AmountCents { get; init; }

    public required string AppName { get; init; }

    /// <summary>What the payment method has paid.</summary>
    public required long ChargedCents { get; init; }

    /// <summary>What credits have paid.</summary>
    public required long CreditCents { get; init; }

    public required long Number { get; init; }

    public required bool Paid { get; init; }

    public required string PeriodEnd { get; init; }

    public required string PeriodStart { get; init; }

    public required decimal ReplicaSizeSeconds { get; init; }

    public static IEnumerable<InvoiceRowReply> Of(FoundInvoice found) => found.Apps().Select(app => new InvoiceRowReply
    {
        AmountCents = app.Amount.WholeCents,
        AppName = app.AppName,
        ChargedCents = app.Charged.WholeCents,
        CreditCents = app.Credit.WholeCents,
        Number = found.Invoice.Number,
        Paid = found.Debt.PaidAt is not null,
        PeriodEnd = BillText.Time(found.Invoice.EndsAt),
        PeriodStart = BillText.Time(found.Invoice.StartsAt),
        ReplicaSizeSeconds = BillText.SizeSeconds(app.ReplicaUnits),
    });
}

/// <summary>An invoice.</summary>
internal sealed record InvoiceReply
{
    public required long Number { get; init; }

    public required string PeriodStart { get; init; }

    public required string PeriodEnd { get; init; }

    public required string IssuedAt { get; init; }

    public required long AmountCents { get; init; }

    public required long CreditCents { get; init; }

    public required long ChargedCents { get; init; }

    /// <summary>What is still owed.</summary>
    public required long DueCents { get; init; }

    public required bool Paid { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? PaidAt { get; init; }

    /// <summary>When it is tried to be collected next; null when it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? NextTryAt { get; init; }

    /// <summary>Whether so little is owed that it is charged with the next invoice; missing when not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Carried { get; init; }

    public required IEnumerable<InvoiceLineReply> Lines { get; init; }

    /// <summary>Of the invoice as it was issued.</summary>
    public required string Sha256 { get; init; }

    public static InvoiceReply Of(FoundInvoice found) => new()
    {
        Number = found.Invoice.Number,
        PeriodStart = BillText.Time(found.Invoice.StartsAt),
        PeriodEnd = BillText.Time(found.Invoice.EndsAt),
        IssuedAt = BillText.Time(found.Invoice.IssuedAt),
        AmountCents = new Money(found.Invoice.TotalNanos).WholeCents,
        CreditCents = new Money(found.Debt.CreditNanos).WholeCents,
        ChargedCents = new Money(found.Debt.ChargedNanos).WholeCents,
        DueCents = new Money(found.Debt.OpenNanos).WholeCents,
        Paid = found.Debt.PaidAt is not null,
        PaidAt = found.Debt.PaidAt is { } paid ? BillText.Time(paid) : null,
        NextTryAt = found.Debt.NextTryAt is { } next ? BillText.Time(next) : null,
        Carried = found.Debt.IsCarried,
        Lines = found.Lines.Select(line => InvoiceLineReply.Of(found.Invoice, line)),
        Sha256 = Convert.ToHexStringLower(found.Invoice.Hash),
    };
}

/// <summary>One line of an invoice.</summary>
/// <param name="Line">1, 2, 3, …</param>
/// <param name="AppName">The app.</param>
/// <param name="Kind"><c>replicas</c> or <c>database</c>.</param>
/// <param name="AmountCents">Whole cents; the lines add up to the invoice.</param>
/// <param name="Adjustment">Whether it corrects a bill of an earlier period.</param>
internal sealed record InvoiceLineReply(int Line, string AppName, string Kind, long AmountCents, bool Adjustment)
{
    /// <summary>Gigabytes of a database; missing for replicas.</summary>
    public decimal? Size { get; init; }

    /// <summary>Gigabyte-seconds of replicas; missing for a database.</summary>
    public decimal? ReplicaSizeSeconds { get; init; }

    /// <summary>Seconds of a database; missing for replicas.</summary>
    public long? Seconds { get; init; }

    public static InvoiceLineReply Of(Invoice invoice, InvoiceLine line)
    {
        var amount = new Money(line.AmountNanos).WholeCents;
        var isAdjustment = line.IsAdjustment(invoice);
        return line.Kind switch
        {
            Metered.Replica => new(line.Line, line.AppName, "replicas", amount, isAdjustment)
            {
                ReplicaSizeSeconds = BillText.SizeSeconds(line.Units),
            },
            Metered.Database => new(line.Line, line.AppName, "database", amount, isAdjustment)
            {
                Size = new Size(line.SizeMilli).Gigabytes,
                Seconds = line.Units,
            },
        };
    }
}
