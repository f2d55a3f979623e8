namespace Gatehouse.WebConsole;

/// <summary>How a form ends: with another page, so that reloading it sends nothing twice.</summary>
internal static class Redirects
{
    /// <summary>
    /// 303 (RFC 9110 15.4.4), to a path of this server. The framework's own redirect would write out the Host header,
    /// which is whatever its sender likes.
    /// </summary>
    public static void SeeOther(this HttpContext http, string path)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = path;
    }
}
