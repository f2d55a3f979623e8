namespace Gatehouse.Mail;

/// <summary>Says that a prepaid account stopped because its credits ran out.</summary>
public sealed record CreditsUsedUpMail(DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) => $"Your credits ran out - {letterhead.Brand}";

    public override string Text(Letterhead letterhead) => $"""
        The credits of your account ran out on {Say(At)}, so it is suspended.
        You can still look, pay and leave, but use nothing more.
        Nothing costs anything from that second on, and your data is kept.

        Buy credits or add a card, and everything goes on by itself:

        {letterhead.PublicUrl}/account/credits
        """;
}
