using System.CommandLine;
using System.Globalization;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Questions;

namespace Gatehouse.Cli.Commands;

/// <summary>An account is closed after its apps were destroyed; whoever closes it may do both at once.</summary>
internal static class AppsBeforeClosing
{
    /// <summary>Destroys the apps after their number was typed, which nobody does by mistake.</summary>
    /// <exception cref="Failure">Another number was, or none (exit code 3).</exception>
    public static async Task Destroy(
        Invocation run, ApiClient client, IReadOnlyList<string> apps, Option<string> confirmed)
    {
        if (apps.Count == 0)
            return;
        run.Terminal.Complain("These apps go first, with their databases, domains, access and configs:");
        foreach (var app in apps)
            run.Terminal.Say($"  {app}");
        var number = apps.Count.ToString(CultureInfo.InvariantCulture);
        var question = new Question($"Type {number} to destroy {(apps.Count == 1 ? "it" : "them")}", confirmed)
        {
            MayBeEmpty = true,
        };
        if (run.Interview.Ask(question) != number)
            throw new Failure(ExitCode.Cancelled, "Nothing was destroyed, and nothing was closed.");
        foreach (var app in apps)
        {
            (await client.Delete(AppChoice.Path(app), run.Cancelled)).OrFail();
            run.Terminal.Cheer($"{app} is destroyed.");
        }
    }
}
