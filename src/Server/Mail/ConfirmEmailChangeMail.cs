using Gatehouse.Domain;

namespace Gatehouse.Mail;

/// <summary>
/// Asks the next address of an account for its consent (contract 4, "e-mail change, confirm"). Its owner may be a
/// stranger to the account, so nothing of the account is in it.
/// </summary>
public sealed record ConfirmEmailChangeMail(Secret Token, string From, DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) => $"Confirm your new address for {letterhead.Brand}";

    public override string Text(Letterhead letterhead) => $"""
        Somebody with an account at {letterhead.Brand} wants to use this address for it.
        If that is you, open this page within 24 hours, and press its button:

        {letterhead.PublicUrl}/email/confirm?token={Token.Reveal()}

        This was asked for on {Say(At)} from {From}.
        If that was not you, do nothing: nothing changes without the button.
        """;
}
