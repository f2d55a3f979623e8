using Gatehouse.Domain;

namespace Gatehouse.Mail;

/// <summary>
/// Gives the current address the power to stop a change, and to undo it for a week (contract 4, "e-mail change,
/// revoke").
/// </summary>
public sealed record RevokeEmailChangeMail(Secret Token, string Next, string From, DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) => $"Your {letterhead.Brand} address is about to change";

    public override string Text(Letterhead letterhead) => $"""
        On {Say(At)} somebody at {From} asked to change the address of your account.
        The new one is {Next}. The change happens when that address confirms it.

        If that was you, there is nothing to do here.

        If it was not you, open this page and press its button. That stops the change.
        For seven days after the change it undoes the change: every key, login and second factor made since goes,
        and you are asked for a new password. So keep this mail:

        {letterhead.PublicUrl}/email/revoke?token={Token.Reveal()}
        """;
}
