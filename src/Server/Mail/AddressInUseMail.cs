namespace Gatehouse.Mail;

/// <summary>
/// Tells the owner of a confirmed address that somebody signed up with it (contract 4). The one who did sees nothing of
/// that; no link in here changes anything.
/// </summary>
public sealed record AddressInUseMail(string From, DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) => $"You already have an account at {letterhead.Brand}";

    public override string Text(Letterhead letterhead) => $"""
        On {Say(At)} somebody at {From} signed up at {letterhead.Brand} with your address.
        You already have an account with it, so nothing was changed.

        If that was you, log in instead:

        {letterhead.PublicUrl}/login

        On the command line: gatehouse login
        If you forgot your password: gatehouse account:password:reset

        If it was not you, there is nothing to do.
        Whoever it was learned nothing, not even that you have an account.
        """;
}
