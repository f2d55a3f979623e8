using Gatehouse.Cli.Api;
using Gatehouse.Cli.Questions;

namespace Gatehouse.Cli.Commands;

/// <summary>Changing a password that is known, and replacing one that is not.</summary>
internal static class PasswordCommands
{
    private const string ResetPath = "/api/users/reset_password";

    /// <summary><c>account:password:change</c>: API keys stay unless a flag or a person wants them gone.</summary>
    public static void Change(Verb verb)
    {
        var stepUp = StepUp.Of(verb, "Current password", "--current_password");
        var password = verb.AsksSecret("New password", "--new_password", "-n");
        var revoke = verb.Flag("--revoke-api-keys", "Revoke every API key too");
        var keep = verb.Flag("--keep-api-keys", "Leave the API keys alone, without asking");
        verb.Validators.Add(command =>
        {
            if (command.GetValue(revoke) && command.GetValue(keep))
                command.AddError("Give only one of --revoke-api-keys and --keep-api-keys.");
        });
        verb.Runs(async run =>
        {
            var client = run.AsAccount();
            var proof = await stepUp.Ask(run);
            var request = new PasswordRequest { NewPassword = run.Interview.Ask(password) };
            var revokes = run.Value(revoke)
                || (!run.Value(keep) && run.Interview.AsksPerson
                    && run.Interview.Confirm("Revoke every API key too?", revoke, byDefault: false));
            var reply = await stepUp.Send(run, proof, proven => client.Patch(
                "/api/users/change_password",
                request with
                {
                    CurrentPassword = proven.Password,
                    MfaToken = proven.MfaToken,
                    RevokeApiKeys = revokes,
                },
                PasswordWire.Default.PasswordRequest,
                run.Cancelled));
            run.Cheer(reply);
            if (!revokes)
                return;

            await run.ForgetKey();
            run.Terminal.Hint($"Every API key is revoked, that of this machine too: `{run.Program} login`.");
        });
    }

    /// <summary><c>account:password:reset</c>: the same answer whether or not there is such an account.</summary>
    public static void RequestReset(Verb verb)
    {
        var email = verb.Asks("Email", "--email", "EMAIL", "The address of the account", "-e");
        verb.Runs(async run =>
        {
            var request = new PasswordRequest { Email = run.Interview.Ask(email) };
            var reply = await run.Anonymous(run.Server)
                .Put(ResetPath, request, PasswordWire.Default.PasswordRequest, run.Cancelled);
            reply.OrFail();
            run.Terminal.Cheer($"If {request.Email} has an account, a mail with a link and a token is on its way.");
            run.Terminal.Hint($"Open the link, or: `{run.Program} account:password:set`");
        });
    }

    /// <summary><c>account:password:set</c>: the token of the mail, once, for a new password.</summary>
    public static void Reset(Verb verb)
    {
        var token = verb.Asks("Token", "--token", "TOKEN", "From the mail", "-t");
        var password = verb.AsksSecret("Password", "--password", "-p");
        var keep = verb.Flag("--keep-api-keys", "Leave the API keys alone; else they are revoked");
        verb.Runs(async run =>
        {
            var request = new PasswordRequest
            {
                Token = run.Interview.Ask(token),
                Password = run.Interview.Ask(password),
                KeepApiKeys = run.Value(keep),
            };
            var reply = await run.Anonymous(run.Server)
                .Post(ResetPath, request, PasswordWire.Default.PasswordRequest, run.Cancelled);
            if (reply.Errors.Concern("token"))
                throw new Failure(
                    ExitCode.Error,
                    "The token is wrong, was used already, or has expired.",
                    $"Another one: `{run.Program} account:password:reset`");

            reply.OrFail();
            var ended = run.Value(keep) ? "Every browser is logged out." : "Every browser and API key is logged out.";
            run.Terminal.Cheer($"The new password is set. {ended}");
            run.Terminal.Hint($"Next: `{run.Program} login`");
        });
    }
}
