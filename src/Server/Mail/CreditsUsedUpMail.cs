namespace Gatehouse.Mail;

/// <summary>Says that a prepaid account stopped because its credits ran out.</summary>
public sealed record CreditsUsedUpMail(DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) => $"Your credits ran out - {letterhead.Brand}";

    protected override string Words(Letterhead letterhead) => $"""
        The credits of your account ran out on {Say(At)}, so it is suspended: it can look, pay and
         leave, and use nothing more. From that second on nothing of it costs anything, and your
         data is kept.

        Buy credits or add a card, and it goes on by itself:

        {letterhead.PublicUrl}/account/credits
        """;
}
