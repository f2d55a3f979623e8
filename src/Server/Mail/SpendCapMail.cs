using Gatehouse.Domain;

namespace Gatehouse.Mail;

/// <summary>Says that the cap which the owner set for a month is nearly reached, or reached.</summary>
public sealed record SpendCapMail(Money Cap, CapAction Action, bool IsReached, DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) => IsReached
        ? $"Your spend cap of {Amount.Write(Cap)} USD is reached - {letterhead.Brand}"
        : $"80 % of your spend cap of {Amount.Write(Cap)} USD - {letterhead.Brand}";

    public override string Text(Letterhead letterhead) => $"""
        {What()}

        {Then()}

        When: {Say(At)}

        To change the cap, or to scale something down:

        {letterhead.PublicUrl}/account/spend-cap
        """;

    private string What() => IsReached
        ? $"This month has reached the cap of {Amount.Write(Cap)} USD that you set."
        : $"This month has cost 80 % of the {Amount.Write(Cap)} USD that you set as its cap.";

    private string Then() => (Action, IsReached) switch
    {
        (CapAction.Suspend, true) =>
            "Everything stopped at that second, as you chose. Your data is kept.\n"
            + "It goes on by itself when your next month begins, or when you raise the cap.",
        (CapAction.Suspend, false) =>
            "When it is reached, everything stops until your next month begins, as you chose.",
        (CapAction.Refuse, true) => "What runs goes on. Whatever would cost more is refused, as you chose.",
        (CapAction.Refuse, false) => "Whatever would lead past the cap is refused, as you chose.",
    };
}
