using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>
/// Who stands behind a request. Addresses are those that the listed proxies vouch for, or the peer's own.
/// </summary>
public static class HttpCallers
{
    private const int LongestUserAgent = 200;

    /// <summary>The caller as anybody: no key of the request is looked at.</summary>
    public static Caller Visitor(this HttpContext http)
    {
        var agent = http.Request.Headers.UserAgent.ToString();
        return new Caller(
            http.Connection.RemoteIpAddress?.ToString() ?? "unknown",
            agent.Length <= LongestUserAgent ? agent : agent[..LongestUserAgent],
            http.TraceIdentifier);
    }

    /// <summary>The caller that a surface's authentication found.</summary>
    public static Caller Caller(this HttpContext http) => http.Features.Get<Caller>() ?? http.Visitor();

    /// <summary>Notes the caller for the endpoint.</summary>
    public static void Authenticate(this HttpContext http, Caller caller) => http.Features.Set(caller);

    /// <summary>Says whether the peer is a program on this machine.</summary>
    public static bool IsFromHere(this HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && System.Net.IPAddress.IsLoopback(address);
}
