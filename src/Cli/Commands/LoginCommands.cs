using System.Net;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Questions;

namespace Gatehouse.Cli.Commands;

/// <summary>Coming in and going out.</summary>
internal static class LoginCommands
{
    private const string ByPassword = "1";
    private const string ByGoogle = "2";

    /// <summary><c>login</c>: e-mail and password, and the factor where one is on, for a key of this machine.</summary>
    public static void LogIn(Verb verb)
    {
        var email = verb.Asks("Email", "--email", "EMAIL", "The address of the account", "-e");
        var password = verb.AsksSecret("Password", "--password", "-p");
        var way = verb.Asks("Authentication", "--with", "WAY", "1 = email and password, 2 = Google");
        var factor = verb.Asks(
            "Multi-factor Authentication Token",
            "--mfa_token",
            "TOKEN",
            "From your authenticator, or a recovery code",
            "-t");
        verb.Ignores("--yes", "-y");
        verb.Runs(async run =>
        {
            var server = run.Server;
            var name = await Choose(run, (way, email, password));
            if (name is null)
            {
                await GoogleCommands.LogIn(run);
                return;
            }

            var request = new LogInRequest(
                name,
                run.Interview.Ask(password),
                run.Value(factor.Flag),
                Environment.MachineName);
            var reply = await Send(run, server, request);
            if (reply.Status == HttpStatusCode.SeeOther && request.MfaToken is null)
                reply = await Send(run, server, request with { MfaToken = run.Interview.Ask(factor) });
            if (!reply.Succeeded)
                throw Refused(reply, request.Email, run.Program);

            var login = reply.Read(LogInWire.Default.LogInReply);
            await run.StayLoggedIn(new Credentials(login.Email, login.Key), server);
            run.Terminal.Cheer($"Logged in as {login.Email}.");
            if (login.RecoveryCodesLeft is { } left)
                run.Terminal.Say($"Recovery codes left: {left}.");
            SecondFactorCommands.SayHowManyCodes(run, login.RecoveryCodesLeft);
        });
    }

    /// <summary><c>logout</c>: revokes the key of this machine, and forgets it whether or not that worked.</summary>
    public static void LogOut(Verb verb) => verb.Runs(async run =>
    {
        var server = run.Server;
        if (run.Netrc.Read().Find(server.Machine) is not { } credentials)
        {
            run.Terminal.Say($"Already logged out of {server}.");
            return;
        }

        var trouble = await Revoke(run, server, credentials);
        await run.Netrc.Remove(server.Machine, credentials.Email, run.Cancelled);
        run.Terminal.Cheer($"Logged out of {server}.");
        run.WarnOfEnvironment();
        if (trouble is null)
            return;

        run.Terminal.Complain($"{trouble}\nThe key was only forgotten on this machine: it lives on at {server}.");
        run.Terminal.Hint("Whoever has a copy of it can use it until it is revoked there.");
    });

    /// <summary>
    /// The address, or null for Google. A person is asked which of the two where the server has both; a script may say
    /// so with the number in the place of the address.
    /// </summary>
    private static async Task<string?> Choose(
        Invocation run, (Question Way, Question Email, SecretQuestion Password) asked)
    {
        var (way, email, password) = asked;
        var isGiven = run.Value(email.Flag) is not null || run.Value(password.Flag) is not null
            || run.Value(password.FromFile) is not null || run.Value(password.FromInput);
        if (run.Value(way.Flag) is not null)
            return AskWay(run, way) == ByGoogle ? null : run.Interview.Ask(email);
        if (isGiven)
            return run.Interview.Ask(email);
        if (run.Interview.AsksPerson && await GoogleCommands.IsOffered(run))
        {
            run.Terminal.Say("1 = email and password\n2 = Google");
            return AskWay(run, way) == ByGoogle ? null : run.Interview.Ask(email);
        }

        var answer = run.Interview.Ask(email);
        if (answer == ByPassword)
            answer = run.Interview.Ask(email);
        return answer == ByGoogle ? null : answer;
    }

    private static string AskWay(Invocation run, Question way) => run.Interview.Ask(
        way,
        answer => answer.ToLowerInvariant() switch
        {
            ByPassword or "password" => ByPassword,
            ByGoogle or "google" => ByGoogle,
            _ => null,
        },
        "Choose 1 (email and password) or 2 (Google).");

    private static Task<ApiReply> Send(Invocation run, ServerAddress server, LogInRequest request) =>
        run.Anonymous(server).Post("/api/login", request, LogInWire.Default.LogInRequest, run.Cancelled);

    private static Failure Refused(ApiReply reply, string email, string program) => reply.Status switch
    {
        HttpStatusCode.Unauthorized when reply.Errors.Concern("mfa_token") =>
            new Failure(
                ExitCode.NotLoggedIn,
                "The code of the second factor is wrong, or was used already.",
                "Wait for the authenticator's next code, or use one of your recovery codes: each works once."),
        HttpStatusCode.Unauthorized => new Failure(
            ExitCode.NotLoggedIn,
            "Email or password is incorrect.",
            $"Forgot it? `{program} account:password:reset --email={email}`"),
        HttpStatusCode.UnprocessableEntity when reply.Errors.Concern("email") => new Failure(
            ExitCode.NotLoggedIn,
            reply.Errors.ToString(),
            $"No mail? `{program} account:confirmation:resend --email={email}`"),
        _ => reply.Failure(),
    };

    /// <summary>Null when the key is dead on the server, else what stood in the way.</summary>
    private static async Task<string?> Revoke(Invocation run, ServerAddress server, Credentials credentials)
    {
        try
        {
            var reply = await run.As(credentials, server).Delete("/api/login", run.Cancelled);
            return reply.Succeeded || reply.Status == HttpStatusCode.Unauthorized ? null : reply.Failure().Message;
        }
        catch (Failure unreachable)
        {
            return unreachable.Message;
        }
    }
}
