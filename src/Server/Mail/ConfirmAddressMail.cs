using Gatehouse.Domain;

namespace Gatehouse.Mail;

/// <summary>
/// Asks the owner of an address to prove it (contract 4, "confirm"). Anybody can cause this message to anybody, so it
/// holds nothing that its causer could choose, but for the user name of an account that exists.
/// </summary>
public sealed record ConfirmAddressMail(Secret Code, Secret Token, string From, DateTime At) : MailMessage
{
    /// <summary>The name of the account that waits for the proof; null while there is none.</summary>
    public string? UserName { get; init; }

    public override string Subject(Letterhead letterhead) => $"Confirm your address for {letterhead.Brand}";

    public override string Text(Letterhead letterhead) => $"""
        Welcome to {letterhead.Brand}.

        Type this code where you are signing up:

        {Code.Reveal()}

        It works for 15 minutes.
        Or open this page within 24 hours, and press its button:

        {letterhead.PublicUrl}/confirm?token={Token.Reveal()}
        {(UserName is null ? "" : $"\nThe user name of the account is {UserName}\n")}
        This address was entered on {Say(At)} from {From}.
        If that was not you, do nothing: without the code or the button no account will have your address.
        Do not pass the code on to anybody who asks for it.
        """;
}
