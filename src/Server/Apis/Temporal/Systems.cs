using System.Text.Json.Serialization;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Temporal;

/// <summary>The server about itself (README, "Server").</summary>
internal static class Systems
{
    /// <summary>
    /// <c>GET /v2/systems/check</c>. The host is the public one; what machines are called stays inside.
    /// </summary>
    public static IResult Check(HttpContext http, PublicUrl publicUrl)
    {
        http.Response.Headers["X-API-Hostname"] = new Uri(publicUrl.Base).Host;
        return Json.Whole(new SystemsReply(StatusCodes.Status200OK, "systems online", Version));
    }

    /// <summary>The second edition of the wire, in the version of this build.</summary>
    private static string Version => $"v2.{string.Join('.', Installation.Version.Split('.').Take(2))}";
}

/// <summary>A success with the version beside it.</summary>
internal sealed record SystemsReply(
    [property: JsonPropertyName("code")] int Code,
    [property: JsonPropertyName("response")] string Response,
    [property: JsonPropertyName("version")] string Version);
