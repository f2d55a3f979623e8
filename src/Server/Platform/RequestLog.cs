using System.Diagnostics;

namespace Gatehouse.Platform;

/// <summary>
/// One line a request: method, route, status, time. The route is the pattern, not the path, and there is no query, no
/// header and no body in it, so no secret can be.
/// </summary>
public static class RequestLog
{
    public static void UseRequestLog(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Gatehouse.Requests");
        var clock = app.Services.GetRequiredService<TimeProvider>();
        app.Use(async (http, next) =>
        {
            // One id for answer, log line and audit entry, on every surface (/v2 wire 1.4 wants a UUID).
            http.TraceIdentifier = Guid.CreateVersion7(clock.GetUtcNow()).ToString("D");
            var start = Stopwatch.GetTimestamp();
            try
            {
                await next(http);
            }
            finally
            {
                log.LogInformation(
                    "{Method} {Route} {Status} {Milliseconds:0.0} ms {RequestId}",
                    MethodOf(http),
                    (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)",
                    http.Response.StatusCode,
                    Stopwatch.GetElapsedTime(start).TotalMilliseconds,
                    http.TraceIdentifier);
            }
        });
    }

    /// <summary>A method can be any word; only the ones we serve are repeated.</summary>
    private static string MethodOf(HttpContext http) => http.Request.Method switch
    {
        "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" => http.Request.Method,
        _ => "OTHER",
    };
}
