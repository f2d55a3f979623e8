using Gatehouse.Domain;

namespace Gatehouse.Mail;

/// <summary>Says that credits were paid for and are there.</summary>
public sealed record ReceiptMail(Money Amount, Guid PaymentId, DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) =>
        $"Receipt: {Domain.Amount.Write(Amount)} USD of credits - {letterhead.Brand}";

    public override string Text(Letterhead letterhead) => $"""
        Thank you. Your payment arrived, and your credits are there.

        Amount: {Domain.Amount.Write(Amount)} USD
        When: {Say(At)}
        Payment: {PaymentId:D}

        If it was not you who bought them, write to {letterhead.Us}.
        And set a new password, which also ends every login:

        {letterhead.PublicUrl}/password/reset
        """;
}
