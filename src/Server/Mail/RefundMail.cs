using Gatehouse.Domain;

namespace Gatehouse.Mail;

/// <summary>Says that money is on its way back, and that the credits of it are gone.</summary>
public sealed record RefundMail(Money Amount, Guid PaymentId, DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) =>
        $"Refund: {Domain.Amount.Write(Amount)} USD - {letterhead.Brand}";

    protected override string Words(Letterhead letterhead) => $"""
        We pay back to your card what you paid for credits. Banks take up to ten days
         to show it. The credits were taken off your account.

        Amount: {Domain.Amount.Write(Amount)} USD
        When: {Say(At)}
        Payment: {PaymentId:D}

        It was done by those who run this service; your account's activity says why.
         If you did not expect it, write to us. Should somebody else use your account,
         set a new password, which also ends every login:

        {letterhead.PublicUrl}/password/reset
        """;
}
