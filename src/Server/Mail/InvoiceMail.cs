using System.Globalization;
using Gatehouse.Domain;

namespace Gatehouse.Mail;

/// <summary>An invoice: what was used, what credits paid, and what is charged.</summary>
public sealed record InvoiceMail(Invoice Invoice, Bill Bill) : MailMessage
{
    private const int MostLines = 40;

    public override string Subject(Letterhead letterhead) => string.Create(
        CultureInfo.InvariantCulture,
        $"Invoice {Invoice.Number}: {Amount.Write(Bill.Total)} USD - {letterhead.Brand}");

    public override string Text(Letterhead letterhead) => $"""
        Invoice {Invoice.Number.ToString(CultureInfo.InvariantCulture)}
        From {Day(Invoice.StartsAt)} to {Day(Invoice.EndsAt)}

        {Lines()}

        Total: {Amount.Write(Bill.Total)} USD
        Paid by credits: {Amount.Write(Bill.Total - Due)} USD
        To be paid: {Amount.Write(Due)} USD

        {What()}

        Every line can be followed down to its seconds:

        {letterhead.PublicUrl}/account/invoices
        """;

    private Money Due => new(Invoice.DueNanos);

    private string Lines()
    {
        var lines = Bill.Lines.Take(MostLines).Select(line => line.Slot.Period.EndsAt <= Invoice.StartsAt
            ? $"{Say(line)} (adjustment for the period from {Day(line.Slot.Period.StartsAt)})"
            : Say(line)).ToList();
        var more = Bill.Lines.Count - lines.Count;
        if (more > 0) lines.Add(string.Create(CultureInfo.InvariantCulture, $"and {more} more lines"));
        return string.Join('\n', lines);
    }

    private static string Say(BillLine line)
    {
        var what = line.Slot.Kind == Metered.Replica
            ? "replicas"
            : $"database of {new Size(line.Slot.SizeMilli)} GB";
        return $"{line.Slot.AppName}, {what}: {Amount.Write(line.Amount)} USD";
    }

    private string What() => Due switch
    {
        { Nanos: <= 0 } => "There is nothing to do.",
        _ when Due.Nanos < InvoiceDebt.LeastCharge.Nanos =>
            $"Less than {Amount.Write(InvoiceDebt.LeastCharge)} USD is not charged alone, but with your next invoice.\n"
            + "There is nothing to do.",
        _ => "What is to be paid is charged to your payment method now.",
    };

    private static string Day(long second) =>
        Seconds.ToMoment(second).ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
