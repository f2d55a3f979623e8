using System.Net;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;

namespace Gatehouse.Cli.Questions;

/// <summary>What proves that it is the owner who asks; what is not known is left out.</summary>
internal sealed record Proof(string? Password, string? MfaToken);

/// <summary>
/// The proof that the server wants before it changes how one gets in: a recent log-in, or the password and the second
/// factor where one is on.
/// </summary>
internal sealed class StepUp
{
    private readonly SecretQuestion password;
    private readonly Question factor;

    private StepUp(SecretQuestion password, Question factor) => (this.password, this.factor) = (password, factor);

    /// <summary>Declares the flags of a command that needs it.</summary>
    public static StepUp Of(Verb verb, string prompt = "Password", string flag = "--password") => new(
        verb.AsksSecret(prompt, flag, "-p"),
        verb.Asks("Multi-factor Authentication Token", "--mfa_token", "TOKEN", "Where a second factor is on", "-t"));

    /// <summary>
    /// Asks for the password, for commands that always want it; where the account has none, just Enter goes on.
    /// </summary>
    public async Task<Proof> Ask(Invocation run)
    {
        var given = run.Interview.Given(password) ?? await AskPassword(run);
        return new Proof(given, run.Value(factor.Flag));
    }

    /// <summary>Sends with what the flags say, and again with each proof that the server finds missing.</summary>
    public Task<ApiReply> Send(Invocation run, Func<Proof, Task<ApiReply>> send) =>
        Send(run, new Proof(run.Interview.Given(password), run.Value(factor.Flag)), send);

    /// <summary>The same with a proof that was asked for.</summary>
    public async Task<ApiReply> Send(Invocation run, Proof proof, Func<Proof, Task<ApiReply>> send) =>
        (await Try(run, proof, send)).Reply.OrFail();

    /// <summary>The same, whatever the server says in the end, with the proof that it was sent then.</summary>
    public async Task<(ApiReply Reply, Proof Sent)> Try(
        Invocation run, Proof proof, Func<Proof, Task<ApiReply>> send)
    {
        var reply = await send(proof);
        if (reply.Errors.AskForLogIn && proof.Password is null)
        {
            proof = proof with { Password = await AskPassword(run) ?? throw TooLongAgo(run) };
            reply = await send(proof);
        }

        if (WantsFactor(reply) && proof.MfaToken is null)
        {
            proof = proof with { MfaToken = run.Interview.Ask(factor) };
            reply = await send(proof);
        }

        return (reply, proof);
    }

    /// <summary>The password; null where nothing is typed because the account has none.</summary>
    private async Task<string?> AskPassword(Invocation run)
    {
        var typed = run.Interview.Ask(password with { MayBeEmpty = true });
        if (typed.Length > 0)
            return typed;
        return await HasPassword(run) ? run.Interview.Ask(password) : null;
    }

    private static Failure TooLongAgo(Invocation run) => new(
        ExitCode.NotLoggedIn,
        "Your login is a while ago, and this account has no password to ask for.",
        $"Log in with Google again: `{run.Program} login:google`");

    /// <summary>Whether there is a password to ask for; a server that does not say so takes one.</summary>
    private static async Task<bool> HasPassword(Invocation run)
    {
        var account = await run.AsAccount().Get("/api/users", run.Cancelled);
        return !account.Succeeded || !account.Data.Denies("has_password");
    }

    private static bool WantsFactor(ApiReply reply) =>
        reply.Status == HttpStatusCode.UnprocessableEntity && reply.Errors.Concern("mfa_token");
}
