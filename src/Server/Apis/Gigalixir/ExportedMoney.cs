using Gatehouse.Domain;
using Gatehouse.Features.Accounts;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>
/// A card as the export tells it: what is shown of it, never its names at the provider. Those that another one took the
/// place of say since when.
/// </summary>
internal sealed record ExportedCard(
    string Brand, string Last4, int ExpMonth, int ExpYear, DateTime CreatedAt, DateTime? ReplacedAt)
{
    public static ExportedCard Of(PaymentMethod card) => new(
        card.Brand, card.Last4, card.ExpiryMonth, card.ExpiryYear, card.CreatedAt, card.ReplacedAt);
}

/// <summary>A payment as the export tells it; amounts are dollars as text.</summary>
internal sealed record ExportedPayment(
    Guid Id,
    string Amount,
    string Refunded,
    string State,
    string? Decline,
    DateTime CreatedAt,
    DateTime? SettledAt)
{
    public static ExportedPayment Of(Payment payment) => new(
        payment.Id,
        Domain.Amount.Write(new Money(payment.AmountNanos)),
        Domain.Amount.Write(new Money(payment.RefundedNanos)),
        NameOf(payment.State),
        payment.Decline,
        payment.CreatedAt,
        payment.SettledAt);

    private static string NameOf(PaymentState state) => state switch
    {
        PaymentState.Started => "started",
        PaymentState.Paid => "paid",
        PaymentState.Declined => "declined",
        PaymentState.Waiting => "waiting",
        PaymentState.Quarantined => "quarantined",
    };
}

/// <summary>A posting of the account's books as the export tells it, with the lines that are its own.</summary>
internal sealed record ExportedPosting(
    long Sequence, DateTime At, string Kind, string Memo, IEnumerable<ExportedLine> Lines)
{
    public static ExportedPosting Of(PostingExport posting) => new(
        posting.Sequence,
        posting.At,
        posting.Kind,
        posting.Memo,
        posting.Lines.Select(line => new ExportedLine(
            $"{line.Kind}".ToLowerInvariant(), Amount.Write(new Money(line.Amount)))));
}

/// <summary>One line of a posting: by how many dollars it changed what.</summary>
internal sealed record ExportedLine(string Account, string Amount);

/// <summary>An invoice as the export tells it: its whole text, and the hash of it.</summary>
internal sealed record ExportedInvoice(long Number, string Sha256, string Document)
{
    public static ExportedInvoice Of(Invoice invoice) => new(
        invoice.Number,
        Convert.ToHexStringLower(invoice.Hash),
        System.Text.Encoding.UTF8.GetString(invoice.Document));
}
