namespace Gatehouse.Platform;

/// <summary>The headers that every answer carries, errors included.</summary>
public static class Headers
{
    // 'self' is this origin only. No inline script or style anywhere, so an injected one is dead.
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; "
        + "require-trusted-types-for 'script'";

    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";
    private const string TwoYears = "max-age=63072000; includeSubDomains";

    /// <summary>Adds them at the last moment, whoever writes the answer.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(Add, http);
        return next(http);
    });

    private static Task Add(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        var isPage = http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true;
        // Only what shows something foreign brings its own, which is stricter.
        if (string.IsNullOrEmpty(headers.ContentSecurityPolicy))
            headers.ContentSecurityPolicy = isPage ? PagePolicy : ApiPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(self)";
        headers["X-Request-Id"] = http.TraceIdentifier;
        // RFC 6797 7.2: never over plain http.
        if (http.Request.IsHttps) headers.StrictTransportSecurity = TwoYears;
        if (string.IsNullOrEmpty(headers.CacheControl)) headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
