using System.Net;
using Gatehouse.Cli.Api;

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

    /// <summary>Asks for the password; for commands that always want it.</summary>
    public Proof Ask(Invocation run) => new(run.Interview.Ask(password), run.Value(factor.Flag));

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
            proof = proof with { Password = run.Interview.Ask(password) };
            reply = await send(proof);
        }

        if (WantsFactor(reply) && proof.MfaToken is null)
        {
            proof = proof with { MfaToken = run.Interview.Ask(factor) };
            reply = await send(proof);
        }

        return (reply, proof);
    }

    private static bool WantsFactor(ApiReply reply) =>
        reply.Status == HttpStatusCode.UnprocessableEntity && reply.Errors.Concern("mfa_token");
}
