using System.CommandLine;
using Gatehouse.Cli.Api;

namespace Gatehouse.Cli.Questions;

/// <summary>
/// Which app a command is about: what is named, or the only one of the account's own. Apps of others do not count:
/// anybody can give access to one, and secrets would then go where their owner never meant them to.
/// </summary>
internal sealed class AppChoice
{
    private readonly Option<string> flag;

    private AppChoice(Option<string> flag) => this.flag = flag;

    /// <summary>Declares the flag of a command that needs an app.</summary>
    public static AppChoice Of(Verb verb) => new(verb.Option(
        "--app_name", "NAME", "The app; else GATEHOUSE_APP, else the only one you own", "-a", "--app-name"));

    /// <summary>The app that the flag or the environment names; null when neither does.</summary>
    public string? Named(Invocation run) =>
        run.Value(flag) is { Length: > 0 } named
            ? named
            : run.Surroundings.NonEmpty("GATEHOUSE_APP") ?? run.Surroundings.NonEmpty("GIGALIXIR_APP");

    /// <summary>The app.</summary>
    /// <exception cref="Failure">None is named, and the account owns none or more than one (exit code 2).</exception>
    public async Task<string> Find(Invocation run)
    {
        if (Named(run) is { } named)
            return named;
        var reply = await run.AsAccount().Get("/api/apps", run.Cancelled);
        var apps = reply.OrFail().Read(AppWire.Default.ListedAppArray);
        return Array.FindAll(apps, app => app.Role == "OWNER") switch
        {
            [var only] => only.UniqueName,
            [] when apps.Length == 0 =>
                throw Failure.Usage("There is no app yet.", $"`{run.Program} apps:create` makes one."),
            [] => throw Failure.Usage(
                $"None of the apps is your own; {flag.Name} says which one.", $"`{run.Program} apps` lists them."),
            var own => throw Failure.Usage(
                $"There are {own.Length} apps; {flag.Name} says which one.", $"`{run.Program} apps` lists them."),
        };
    }

    /// <summary>The address of an app, or of something below it.</summary>
    public static string Path(string app, string below = "") => $"/api/apps/{Uri.EscapeDataString(app)}{below}";

    /// <summary>The address below the app that the command is about.</summary>
    public async Task<string> PathOf(Invocation run, string below = "") => Path(await Find(run), below);
}
