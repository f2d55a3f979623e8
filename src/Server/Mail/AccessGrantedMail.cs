using Gatehouse.Domain;

namespace Gatehouse.Mail;

/// <summary>
/// Tells somebody that they may work on another one's app, whether or not they have an account. Where the owner sits is
/// not in it.
/// </summary>
public sealed record AccessGrantedMail(string Owner, string AppName, AppRole Role, DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) => $"You have access to {AppName} at {letterhead.Brand}";

    public override string Text(Letterhead letterhead) => $"""
        {Owner} gave you access to the app {AppName} at {letterhead.Brand}.

        {Allowed}

        Log in with this address, or sign up with it if you have no account yet:

        {letterhead.PublicUrl}/login

        On the command line: gatehouse apps:info -a {AppName}

        When: {Say(At)}

        If you do not know who that is, there is nothing to do: it costs you nothing.
        To leave the app: gatehouse access:remove YOUR-ADDRESS -a {AppName}
        """;

    private string Allowed => Role switch
    {
        AppRole.Viewer => "As a viewer you may look at it and change nothing.",
        AppRole.Collaborator => "As a collaborator you may deploy, scale and configure it. Its owner pays.",
        AppRole.Owner => "As its owner you may do everything with it.",
    };
}
