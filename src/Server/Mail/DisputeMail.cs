using Gatehouse.Domain;

namespace Gatehouse.Mail;

/// <summary>Says that a bank took a payment back, or has decided about it, and what that means.</summary>
public sealed record DisputeMail(Money Amount, Guid PaymentId, DisputeState State, DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) =>
        $"{Title}: {Domain.Amount.Write(Amount)} USD - {letterhead.Brand}";

    public override string Text(Letterhead letterhead) => $"""
        {Sentence}

        Amount: {Domain.Amount.Write(Amount)} USD
        Payment: {PaymentId:D}
        When: {Say(At)}

        It was your bank that told us, not somebody here. If you did not ask your bank to take
        it back, ask there first, then write to us. Should somebody else use your account, set a
        new password, which also ends every login:

        {letterhead.PublicUrl}/password/reset
        """;

    private string Title => State switch
    {
        DisputeState.Inquiry or DisputeState.Open => "Payment disputed",
        DisputeState.Won => "The payment stands",
        DisputeState.Lost => "The payment was taken back",
    };

    private string Sentence => State switch
    {
        DisputeState.Inquiry or DisputeState.Open =>
            "Your bank has taken back a payment of yours and decides in the next weeks whose it is.\n"
            + "Until then your account is suspended: it can look, pay and leave, and use nothing more.\n"
            + "Nothing of it costs anything meanwhile, and your data is kept.",
        DisputeState.Won =>
            "Your bank has decided that the payment stands. If your account was suspended for this\n"
            + "alone, it goes on.",
        DisputeState.Lost =>
            "Your bank has decided that the payment is yours again. The credits of it were taken off\n"
            + "your account as far as they were not spent. Your account is suspended: write to us to go\n"
            + "on.",
    };
}
