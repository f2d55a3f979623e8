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

    /// <summary>303 to a page of the OpenID provider's, whose address it published itself.</summary>
    public static void SeeProvider(this HttpContext http, Uri address)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = address.AbsoluteUri;
    }

    /// <summary>
    /// The same after a form: our content security policy lets forms lead to this server only, so the page that comes
    /// back leads on by itself, and by a link.
    /// </summary>
    public static void LeadOn(this HttpContext http, Uri address) =>
        http.Response.Headers["Refresh"] = $"0; url={address.AbsoluteUri}";
}
