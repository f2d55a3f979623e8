using System.Globalization;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Questions;

namespace Gatehouse.Cli.Commands;

/// <summary>
/// An account is closed after its apps were destroyed; whoever closes it may do both at once. They go only after the
/// server took the address and the proof: it says so by refusing nothing else than that there are apps.
/// </summary>
internal sealed class AppsBeforeClosing
{
    private const string AppsLeft = "You must first destroy all your apps";
    private readonly Question number;
    private readonly Question nextFactor;

    private AppsBeforeClosing(Verb verb)
    {
        var destroy = verb.Option("--destroy_apps", "N", "Destroy its N apps first", "--destroy-apps");
        number = new Question("Type their number", destroy) { MayBeEmpty = true };
        nextFactor = verb.Asks(
            "Next Multi-factor Authentication Token",
            "--next_mfa_token",
            "TOKEN",
            "A second one: where there are apps, the first one is used up by the check before them",
            "--next-mfa-token");
    }

    /// <summary>Declares the flags.</summary>
    public static AppsBeforeClosing Of(Verb verb) => new(verb);

    /// <summary>Lists the apps and has their number typed, which nobody does by mistake.</summary>
    /// <exception cref="Failure">Another number was, or none (exit code 3).</exception>
    public void Agree(Invocation run, IReadOnlyList<string> apps)
    {
        if (apps.Count == 0)
            return;
        run.Terminal.Complain("These apps go first, with their databases, domains, access and configs:");
        foreach (var app in apps)
            run.Terminal.Say($"  {app}");
        var count = apps.Count.ToString(CultureInfo.InvariantCulture);
        var question = number with { Prompt = $"Type {count} to destroy {(apps.Count == 1 ? "it" : "them")}" };
        if (run.Interview.Ask(question) != count)
            throw new Failure(ExitCode.Cancelled, "Nothing was destroyed, and nothing was closed.");
    }

    /// <summary>
    /// Closes the account, after its apps if it has any. Nothing is destroyed when anything else stands against it.
    /// </summary>
    /// <param name="run">The run that closes it.</param>
    /// <param name="apps">What was agreed to.</param>
    /// <param name="stepUp">Asks for the proof that is still missing.</param>
    /// <param name="proof">What is known of it.</param>
    /// <param name="close">Sends the request.</param>
    public async Task Close(
        Invocation run, IReadOnlyList<string> apps, StepUp stepUp, Proof proof, Func<Proof, Task<ApiReply>> close)
    {
        if (apps.Count > 0)
        {
            // Without the token, so that the server takes one only where it needs one: it takes none twice.
            var (reply, sent) = await stepUp.Try(run, proof with { MfaToken = null }, close);
            if (!reply.Errors.Says(AppsLeft))
            {
                reply.OrFail();
                return;
            }

            proof = sent.MfaToken is null ? proof : sent with { MfaToken = run.Interview.Ask(nextFactor) };
            await Destroy(run, apps);
        }

        await stepUp.Send(run, proof, close);
    }

    private static async Task Destroy(Invocation run, IReadOnlyList<string> apps)
    {
        foreach (var app in apps)
        {
            (await run.AsAccount().Delete(AppChoice.Path(app), run.Cancelled)).OrFail();
            run.Terminal.Cheer($"{app} is destroyed.");
        }
    }
}
