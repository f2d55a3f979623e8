using System.Net;
using System.Reflection;

namespace Gatehouse.Cli.Api;

/// <summary>Compares this program's version with those that a server names in its replies.</summary>
/// <param name="hint">Is told once when there is a newer one.</param>
internal sealed class VersionCheck(Action<string> hint)
{
    private bool hinted;

    /// <summary>The version of this program, for example <c>0.1.0</c>.</summary>
    public static string OurVersion { get; } =
        Assembly.GetExecutingAssembly().GetName().Version is { } version ? version.ToString(3) : "0.0.0";

    /// <summary>Looks at a reply.</summary>
    /// <exception cref="Failure">The server does not speak to programs as old as this one.</exception>
    public void Hear(HttpResponseMessage reply, ServerAddress server)
    {
        var minimum = Header(reply, "x-minimum-version");
        if (reply.StatusCode == HttpStatusCode.UpgradeRequired || IsNewer(minimum))
            throw new Failure(
                ExitCode.Error,
                $"{server} needs {minimum ?? "a newer version"} of this program; this is {OurVersion}.",
                HowToUpgrade(server));

        var latest = Header(reply, "x-latest-version");
        if (hinted || !IsNewer(latest))
            return;

        hinted = true;
        hint($"Version {latest} is out; this is {OurVersion}. {HowToUpgrade(server)}");
    }

    private static string HowToUpgrade(ServerAddress server) =>
        $"How to upgrade: {server.Route("/docs/cli")}#cli-upgrade";

    private static bool IsNewer(string? text) =>
        Version.TryParse(text, out var theirs) && theirs > Version.Parse(OurVersion);

    private static string? Header(HttpResponseMessage reply, string name) =>
        reply.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
