namespace Gatehouse.Mail;

/// <summary>Reminds somebody of the user name of the account.</summary>
public sealed record UserNameMail(string UserName, string From, DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) => $"Your {letterhead.Brand} user name";

    public override string Text(Letterhead letterhead) => $"""
        The user name of your account at {letterhead.Brand} is {UserName}

        You can log in with it, or with this address.

        This was asked for on {Say(At)} from {From}.
        If that was not you, do nothing: nothing was changed, and nobody but you was told.
        """;
}
