using System.Globalization;
using Gatehouse.Domain;

namespace Gatehouse.Mail;

/// <summary>Says that a bank wants to hear from its customer before it pays, and where.</summary>
/// <param name="Amount">What is to be paid.</param>
/// <param name="InvoiceNumber">The invoice; null for credits.</param>
/// <param name="Link">A page of the bank's, at the payment provider.</param>
/// <param name="At">UTC.</param>
public sealed record ConfirmPaymentMail(Money Amount, long? InvoiceNumber, string Link, DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) =>
        $"Please confirm: {Domain.Amount.Write(Amount)} USD - {letterhead.Brand}";

    public override string Text(Letterhead letterhead) => $"""
        Your bank asks you to confirm a payment. Nothing was charged yet.

        Amount: {Domain.Amount.Write(Amount)} USD
        For: {What}
        When: {Say(At)}

        This page of the payment provider's leads to your bank. It works for a day:

        {Link}

        If you did not ask for it, do not confirm it. Should somebody else use your account,
        set a new password, which also ends every login:

        {letterhead.PublicUrl}/password/reset
        """;

    private string What => InvoiceNumber is { } number
        ? string.Create(CultureInfo.InvariantCulture, $"invoice {number}")
        : "credits";
}
