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

    private string Listening =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/') ?? Default;
}
