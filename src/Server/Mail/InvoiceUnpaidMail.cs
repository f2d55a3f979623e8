using System.Globalization;
using Gatehouse.Domain;

namespace Gatehouse.Mail;

/// <summary>Says that an invoice could not be collected, when it is tried again, and what helps.</summary>
/// <param name="Number">The invoice.</param>
/// <param name="Open">What is owed.</param>
/// <param name="Why">The payment provider's sentence.</param>
/// <param name="NextTryAt">When it is tried again (UTC); null after the last try.</param>
public sealed record InvoiceUnpaidMail(long Number, Money Open, string Why, DateTime? NextTryAt) : MailMessage
{
    /// <summary>Whether the account was closed by its owner: there is nothing left to suspend.</summary>
    public bool IsClosed { get; init; }

    public override string Subject(Letterhead letterhead) => string.Create(
        CultureInfo.InvariantCulture, $"Payment failed: invoice {Number} - {letterhead.Brand}");

    protected override string Words(Letterhead letterhead) => $"""
        Invoice {Number.ToString(CultureInfo.InvariantCulture)} over {Amount.Write(Open)} USD could not be paid.

        Reason: {Why}

        {What()}

        {Help()}

        {letterhead.PublicUrl}/account/payment-method
        """;

    private string What() => this switch
    {
        { NextTryAt: { } next } => $"We try again on {Say(next)}.",
        { IsClosed: true } => "We do not try again by ourselves.",
        _ => "That was the last try, so your account is suspended: it can look, pay and leave, and use "
            + "nothing more. Nothing of it costs anything meanwhile, and your data is kept.",
    };

    private string Help() => IsClosed
        ? "Your account is closed. To pay with another card, bring it back with the link we sent you, or write to us."
        : "Set another card, or buy credits, and it is paid at once. A suspension ends with the payment:";
}
