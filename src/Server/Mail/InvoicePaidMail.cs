using System.Globalization;

namespace Gatehouse.Mail;

/// <summary>Says that an invoice which could not be collected at first is paid.</summary>
public sealed record InvoicePaidMail(long Number, DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) => string.Create(
        CultureInfo.InvariantCulture, $"Invoice {Number} is paid - {letterhead.Brand}");

    public override string Text(Letterhead letterhead) => $"""
        Thank you. Invoice {Number.ToString(CultureInfo.InvariantCulture)} was paid on {Say(At)}.

        There is nothing more to do. All your invoices:

        {letterhead.PublicUrl}/account/invoices
        """;
}
