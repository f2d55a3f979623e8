using Gatehouse.Platform;

namespace Gatehouse.WebConsole;

/// <summary>
/// Refuses what another site makes a browser send, before anything else looks at it; the token of each form is the
/// second lock. Browsers say where a request comes from in Sec-Fetch-Site (Fetch Metadata) and, most of them, in Origin
/// (RFC 6454), which is "null" here because our own pages ask for no referrer.
/// </summary>
internal static class SameOrigin
{
    public static void UseSameOrigin(this WebApplication app) => app.Use((http, next) =>
    {
        var isPage = http.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Antiforgery.IAntiforgeryMetadata>();
        if (isPage is null || !HttpMethods.IsPost(http.Request.Method) || IsOurs(http)) return next(http);
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    private static bool IsOurs(HttpContext http)
    {
        var site = http.Request.Headers["Sec-Fetch-Site"].ToString();
        if (site != "" && site is not ("same-origin" or "none")) return false;
        var origin = http.Request.Headers.Origin.ToString();
        return origin is "" or "null"
            || origin == http.RequestServices.GetRequiredService<PublicUrl>().Base
            || origin == $"{http.Request.Scheme}://{http.Request.Host}";
    }
}
