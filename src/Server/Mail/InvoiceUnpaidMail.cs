using System.Globalization;
using Gatehouse.Domain;

namespace Gatehouse.Mail;

/// <summary>Says that an invoice could not be collected, when it is tried again, and what helps.</summary>
/// <param name="Number">The invoice.</param>
/// <param name="Open">What is owed.</param>
/// <param name="Why">The payment provider's sentence.</param>
/// <param name="NextTryAt">When it is tried again (UTC); null after the last try.</param>
/// <param name="At">When it was tried (UTC).</param>
public sealed record InvoiceUnpaidMail(
    long Number, Money Open, string Why, DateTime? NextTryAt, DateTime At) : MailMessage
{
    /// <summary>Whether the account was closed by its owner: there is nothing left to suspend.</summary>
    public bool IsClosed { get; init; }

    public override string Subject(Letterhead letterhead) => string.Create(
        CultureInfo.InvariantCulture, $"Payment failed: invoice {Number} - {letterhead.Brand}");

    public override string Text(Letterhead letterhead) => $"""
        Invoice {Number.ToString(CultureInfo.InvariantCulture)}, {Amount.Write(Open)} USD, could not be paid.

        Reason: {Why}
        When: {Say(At)}

        {What()}

        {Help(letterhead)}
        """;

    private string What() => this switch
    {
        { NextTryAt: { } next } => $"We try again on {Say(next)}.",
        { IsClosed: true } => "We do not try again by ourselves.",
        _ => "That was the last try, so your account is suspended.\n"
            + "You can still look, pay and leave, but use nothing more.\n"
            + "Nothing costs anything meanwhile, and your data is kept.",
    };

    /// <summary>Nobody gets to the pages of a closed account.</summary>
    private string Help(Letterhead letterhead) => IsClosed
        ? "Your account is closed. To pay with another card, bring it back with the link that we sent you,\n"
            + $"or write to {letterhead.Us}."
        : "Set another card, or buy credits, and it is paid at once"
            + $"{(NextTryAt is null ? ", which ends the suspension" : "")}:\n\n"
            + $"{letterhead.PublicUrl}/account/payment-method";
}
