using Gatehouse.Cli.Api;
using Gatehouse.Cli.Questions;

namespace Gatehouse.Cli.Commands;

/// <summary>Changing the address of the account.</summary>
internal static class EmailChangeCommands
{
    /// <summary><c>account:email:set</c>: asks for the change; the mails decide about it.</summary>
    public static void Request(Verb verb)
    {
        var stepUp = StepUp.Of(verb);
        var email = verb.Asks("Email", "--email", "EMAIL", "The address that the account is to have", "-e");
        verb.Runs(async run =>
        {
            var client = run.AsAccount();
            var proof = await stepUp.Ask(run);
            var next = run.Interview.Ask(email);
            await stepUp.Send(run, proof, proven => client.Post(
                "/api/users/email",
                new EmailChangeRequest(next, proven.Password, proven.MfaToken),
                EmailChangeWire.Default.EmailChangeRequest,
                run.Cancelled));
            run.Terminal.Cheer($"A mail with a link to confirm is on its way to {next}.");
            run.Terminal.Hint($"""
                Nothing changes before that link is used; a mail to the current address has a link to revoke this.
                Afterwards log in with the new address: `{run.Program} login`
                """);
        });
    }
}
