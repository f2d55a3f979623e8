using Gatehouse.Domain;

namespace Gatehouse.Mail;

/// <summary>Says that an account was closed, and how to undo it while that is possible.</summary>
public sealed record AccountClosedMail(Secret Token, DateTime ErasedAt, string From, DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) => $"Your {letterhead.Brand} account was closed";

    public override string Text(Letterhead letterhead) => $"""
        Your account was closed on {Say(At)} from {From}.
        Its keys and logins ended at that moment.

        On {Say(ErasedAt)} everything personal in it is erased: SSH keys, the card,
        a linked Google account, its part in others' apps, and what is left of its credits.
        Until then you can bring it back:

        {letterhead.PublicUrl}/account/undo?token={Token.Reveal()}

        If it was not you who closed it, bring it back and set a new password.
        """;
}
