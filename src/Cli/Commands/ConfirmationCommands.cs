using Gatehouse.Cli.Api;

namespace Gatehouse.Cli.Commands;

/// <summary>Proving that an address is one's own.</summary>
internal static class ConfirmationCommands
{
    /// <summary>
    /// <c>account:confirmation:resend</c>: the answer is the same whether or not the address waits for a mail.
    /// </summary>
    public static void Resend(Verb verb)
    {
        var email = verb.Asks("Email", "--email", "EMAIL", "The address that waits for its mail", "-e");
        verb.Runs(async run =>
        {
            var request = new ResendRequest(run.Interview.Ask(email));
            var reply = await run.Anonymous(run.Server).Put(
                "/api/users/reconfirm_email", request, ConfirmationWire.Default.ResendRequest, run.Cancelled);
            reply.OrFail();
            run.Terminal.Cheer($"If {request.Email} waits to be confirmed, a new mail is on its way.");
            run.Terminal.Hint("Its code and link take the place of older ones.");
        });
    }
}
