using Gatehouse.Domain;

namespace Gatehouse.Mail;

/// <summary>Warns the owner of a prepaid account before its credits run out.</summary>
public sealed record CreditsLowMail(Money Left, DateTime LastsUntil, DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) => $"Your credits run out soon - {letterhead.Brand}";

    public override string Text(Letterhead letterhead) => $"""
        Your account is prepaid: what it uses is paid out of its credits.

        Left on {Say(At)}: {Money()} USD
        At the present rate they last until: {Say(LastsUntil)}

        When they have run out, everything stops and costs nothing. Your data is kept.
        To go on without a break, buy credits or add a card:

        {letterhead.PublicUrl}/account/credits
        """;

    private string Money() => Amount.Write(Domain.Money.FromCents(Left.WholeCents));
}
