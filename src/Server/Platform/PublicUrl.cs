using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Gatehouse.Platform;

/// <summary>
/// The base of every link we hand out: the setting, or the first listening address. Never anything a request says: a
/// Host header is whatever its sender likes.
/// </summary>
public sealed class PublicUrl(Settings settings, IServer server)
{
    /// <summary>Where a server listens that was not told otherwise.</summary>
    public const string Default = "http://127.0.0.1:5080";

    /// <summary>Without a slash at its end.</summary>
    public string Base => settings.PublicUrl != "" ? settings.PublicUrl : Listening;

    /// <summary>The address of a page of ours.</summary>
    public string To(string path) => Base + path;

    /// <summary>
    /// Says whether a browser came to this machine under another of its names: cookies that are needed on a way that
    /// ends here would stay behind there.
    /// </summary>
    public bool IsElsewhere(string host) => new Uri(Base) is { IsLoopback: true } here
        && !string.Equals(here.Host, host, StringComparison.OrdinalIgnoreCase);

    private string Listening =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/') ?? Default;
}
