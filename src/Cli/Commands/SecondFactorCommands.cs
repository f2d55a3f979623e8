using System.Net;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;
using Spectre.Console;

namespace Gatehouse.Cli.Commands;

/// <summary>The second factor: codes of an authenticator app beside the password.</summary>
internal static class SecondFactorCommands
{
    private const int Few = 3;

    /// <summary>
    /// <c>account:mfa:activate</c>: QR code, first code, recovery codes. A script does it in two runs: one for the
    /// address in the QR code, one with <c>--mfa_token</c>, which does not begin anew.
    /// </summary>
    public static void Activate(Verb verb)
    {
        var token = verb.Asks(
            "Multi-factor Authentication Token",
            "--mfa_token",
            "TOKEN",
            "Finish what an earlier run began, with a code of the authenticator",
            "-t");
        var recovery = new RecoveryCodes(verb);
        verb.Runs(async run =>
        {
            recovery.CheckFile(run);
            var client = run.AsAccount();
            if (run.Value(token.Flag) is null)
                await Start(run, client);
            var reply = await run.Interview.Ask(token, async code => Check(run, await client.Post(
                "/api/mfa/verify",
                new SecondFactorRequest(code),
                SecondFactorWire.Default.SecondFactorRequest,
                run.Cancelled)));
            run.Terminal.Cheer(reply.Read(SecondFactorWire.Default.RecoveryCodesReply).Message ?? "It is activated.");
            recovery.HandOver(run, reply);
            await run.ForgetKey();
            run.Terminal.Hint($"You are logged out everywhere. Next: `{run.Program} login`");
        });
    }

    /// <summary><c>account:mfa:deactivate</c>: the password alone is enough again.</summary>
    public static void Deactivate(Verb verb)
    {
        var yes = verb.Flag("--yes", "Do not ask", "-y");
        verb.Runs(async run =>
        {
            var client = run.AsAccount();
            if (!run.Interview.Confirm("Turn multi-factor authentication off?", yes, byDefault: false))
                throw new Failure(ExitCode.Cancelled, "It stays on.");

            var reply = await client.Delete(
                "/api/mfa",
                new SecondFactorRequest(),
                SecondFactorWire.Default.SecondFactorRequest,
                run.Cancelled);
            run.Cheer(Check(run, reply).OrFail());
        });
    }

    /// <summary><c>account:mfa:recovery_codes:regenerate</c>: ten new codes; the old ones are void.</summary>
    public static void Regenerate(Verb verb)
    {
        var recovery = new RecoveryCodes(verb);
        verb.Runs(async run =>
        {
            recovery.CheckFile(run);
            var reply = await run.AsAccount().Post(
                "/api/mfa/recovery_codes",
                new SecondFactorRequest(),
                SecondFactorWire.Default.SecondFactorRequest,
                run.Cancelled);
            Check(run, reply).OrFail();
            run.Terminal.Cheer("There are new recovery codes; the old ones are void.");
            recovery.HandOver(run, reply);
        });
    }

    /// <summary>Reminds somebody whose recovery codes run out, before there is none.</summary>
    public static void SayHowManyCodes(Invocation run, long? left)
    {
        if (left is not <= Few)
            return;
        run.Terminal.Hint(
            $"Recovery codes left: {left}. New ones: `{run.Program} account:mfa:recovery_codes:regenerate`");
    }

    private static async Task Start(Invocation run, ApiClient client)
    {
        var reply = await client.Post(
            "/api/mfa/start",
            new SecondFactorRequest(),
            SecondFactorWire.Default.SecondFactorRequest,
            run.Cancelled);
        var factor = Check(run, reply).OrFail().Read(SecondFactorWire.Default.SecondFactorReply);
        run.Show(reply.Data, _ => Invitation(factor));
    }

    /// <summary>As high as a terminal of 24 lines, together with the prompt.</summary>
    private static Rows Invitation(SecondFactorReply factor) => new(
        new Text(PlainText.Line(factor.Message ?? "Scan this code with your authenticator app.")),
        new QrCode(factor.Url),
        new Text($"No camera? Enter this key: {SecretOf(factor.Url)}"));

    /// <summary>The secret of an <c>otpauth:</c> address, in groups of four.</summary>
    private static string SecretOf(string url)
    {
        var pairs = new Uri(url).Query.TrimStart('?').Split('&').Select(pair => pair.Split('=', 2));
        var secret = pairs.FirstOrDefault(pair => pair is ["secret", _])?[1] ?? "";
        return PlainText.Line(string.Join(' ', secret.Chunk(4).Select(group => new string(group))));
    }

    /// <summary>The log-in of a key refused here was too long ago, or the key is dead: no matter which.</summary>
    private static ApiReply Check(Invocation run, ApiReply reply) =>
        reply.Status != HttpStatusCode.Unauthorized ? reply : throw new Failure(
            ExitCode.NotLoggedIn,
            "Please log in again: the second factor may be changed only shortly after a log-in.",
            $"`{run.Program} login`, then the same command.");
}
