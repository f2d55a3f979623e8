using System.Text.RegularExpressions;

namespace Gatehouse.Platform;

/// <summary>
/// Tells clients which versions there are, and refuses versions of our own command line that are too old. Clients of
/// others are never refused for their version.
/// </summary>
public sealed partial class ClientVersions(Settings settings, PublicUrl url)
{
    private readonly Version? minimum = Parse(settings.Cli.MinimumVersion);

    /// <summary>Reads <c>1.2.0</c>, or <c>2</c> for <c>2.0</c>; null for what is no version.</summary>
    public static Version? Parse(string text) =>
        Version.TryParse(text.Contains('.', StringComparison.Ordinal) ? text : $"{text}.0", out var version)
            ? version
            : null;

    /// <summary>Names the versions in the headers of a reply, those that are set.</summary>
    public void Announce(IHeaderDictionary headers)
    {
        if (settings.Cli.LatestVersion != "") headers["x-latest-version"] = settings.Cli.LatestVersion;
        if (minimum is not null) headers["x-minimum-version"] = minimum.ToString();
    }

    /// <summary>What a program that is too old is told: which version it takes, and where that is.</summary>
    public Fault? Refuse(string userAgent) =>
        minimum is not null && Ours().Match(userAgent) is { Success: true } match
        && Parse(match.Groups["version"].Value) < minimum
            ? new Fault(
                StatusCodes.Status426UpgradeRequired,
                $"This server needs version {minimum} of the command line or a newer one. "
                + $"How to upgrade: {url.To("/docs/cli#cli-upgrade")}")
            : null;

    [GeneratedRegex("^GatehouseCLI/(?<version>[0-9.]{1,20})", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Ours();
}
