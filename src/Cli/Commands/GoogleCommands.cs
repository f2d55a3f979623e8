using System.Net;
using System.Text.Json;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Questions;

namespace Gatehouse.Cli.Commands;

/// <summary>Logging in and signing up with Google.</summary>
internal static class GoogleCommands
{
    /// <summary><c>login:google</c>: a browser proves who it is; this machine gets a key.</summary>
    public static void LogIn(Verb verb)
    {
        verb.Ignores("--yes", "-y");
        verb.Runs(LogIn);
    }

    /// <summary>
    /// <c>signup:google</c>: the address comes from Google, the rest is asked for as in <c>signup</c>.
    /// </summary>
    public static void SignUp(Verb verb)
    {
        var questions = new SignUpQuestions(verb, withGoogle: true);
        verb.Runs(run => new SignUpDialogue(run, questions).Run());
    }

    /// <summary><c>account:google:unlink</c>: only the password opens the account from then on.</summary>
    public static void Unlink(Verb verb)
    {
        var stepUp = StepUp.Of(verb);
        var yes = verb.Flag("--yes", "Do not ask", "-y");
        verb.Runs(async run =>
        {
            var client = run.AsAccount();
            if (!run.Interview.Confirm("Unlink the Google account from this account?", yes, byDefault: false))
                throw new Failure(ExitCode.Cancelled, "It stays linked.");

            await stepUp.Send(run, async proof =>
            {
                var reply = await client.Delete(
                    "/api/oauth/google",
                    new GoogleUnlinkRequest(proof.Password, proof.MfaToken),
                    GoogleWire.Default.GoogleUnlinkRequest,
                    run.Cancelled);
                return reply.Status == HttpStatusCode.NotFound
                    ? throw new Failure(ExitCode.Error, "No Google account is linked to this account.")
                    : reply;
            });
            run.Terminal.Cheer("Unlinked. Your password logs you in.");
        });
    }

    /// <summary>The same for choice 2 of <c>login</c>.</summary>
    internal static async Task LogIn(Invocation run)
    {
        var server = run.Server;
        var started = await run.Anonymous(server).Post(
            "/api/oauth/google",
            new GoogleRequest(Environment.MachineName),
            GoogleWire.Default.GoogleRequest,
            run.Cancelled);
        var login = (await GoogleVisit.Wait(run, server, started, "login")).Read(LogInWire.Default.LogInReply);
        await run.StayLoggedIn(new Credentials(login.Email, login.Key), server);
        run.Terminal.Cheer($"Logged in as {login.Email}.");
    }

    /// <summary>Whether the server has a Google login; a server that does not know the question has none.</summary>
    internal static async Task<bool> IsOffered(Invocation run)
    {
        try
        {
            return Offers(await run.Anonymous(run.Server).Get("/api/oauth", run.Cancelled));
        }
        catch (Failure)
        {
            // What follows says what is wrong.
            return false;
        }
    }

    private static bool Offers(ApiReply reply) =>
        reply.Succeeded
        && reply.Data.ValueKind == JsonValueKind.Object
        && reply.Data.TryGetProperty("providers", out var providers)
        && providers.ValueKind == JsonValueKind.Array
        && providers.EnumerateArray().Any(provider =>
            provider.ValueKind == JsonValueKind.String && provider.GetString() == "google");
}
