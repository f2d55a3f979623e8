using Gatehouse.Domain;

namespace Gatehouse.Mail;

/// <summary>Says that money is on its way back, and that the credits of it are gone.</summary>
public sealed record RefundMail(Money Amount, Guid PaymentId, DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) =>
        $"Refund: {Domain.Amount.Write(Amount)} USD - {letterhead.Brand}";

    public override string Text(Letterhead letterhead) => $"""
        What you paid for credits is on its way back to your card, and the credits were taken off your account.
        Banks take up to ten days to show it.

        Amount: {Domain.Amount.Write(Amount)} USD
        When: {Say(At)}
        Payment: {PaymentId:D}

        The people who run this service did it; your account's activity says why.
        If you did not expect it, write to {letterhead.Us}.
        If somebody else uses your account, set a new password, which also ends every login:

        {letterhead.PublicUrl}/password/reset
        """;
}
