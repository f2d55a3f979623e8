using Gatehouse.Domain;

namespace Gatehouse.Mail;

/// <summary>The way back in for somebody who forgot the password (contract 4, "password reset").</summary>
public sealed record PasswordResetMail(Secret Token, string From, DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) => $"Reset your {letterhead.Brand} password";

    public override string Text(Letterhead letterhead) => $"""
        Set a new password here, within 30 minutes:

        {letterhead.PublicUrl}/password/set?token={Token.Reveal()}

        Or on the command line, with gatehouse account:password:set and this token:

        {Token.Reveal()}

        Every login ends then, and a linked Google account is unlinked.

        This was asked for on {Say(At)} from {From}.
        If that was not you, do nothing: your password stays as it is.
        """;
}
