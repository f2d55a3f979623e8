using System.Text.RegularExpressions;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>
/// Tells clients which version is the newest, and refuses versions of our own command line that are too old. Clients of
/// others are never refused for their version.
/// </summary>
internal sealed partial class ClientVersion(Settings settings) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (settings.Cli.LatestVersion != "") http.Response.Headers["x-latest-version"] = settings.Cli.LatestVersion;
        return IsTooOld(http.Request.Headers.UserAgent.ToString())
            ? Errors.Answer(new Refusal(Reason.OutdatedClient))
            : await next(context);
    }

    private bool IsTooOld(string userAgent) =>
        Version.TryParse(settings.Cli.MinimumVersion, out var minimum)
        && Ours().Match(userAgent) is { Success: true } match
        && Version.TryParse(match.Groups["version"].Value, out var version)
        && version < minimum;

    [GeneratedRegex("^GatehouseCLI/(?<version>[0-9.]{1,20})", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Ours();
}
