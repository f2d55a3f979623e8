using System.Diagnostics;

namespace Gatehouse.Platform;

/// <summary>
/// One line a request, and one figure: method, route, status, time. The route is the pattern, not the path, and there
/// is no query, no header and no body in it, so no secret can be.
/// </summary>
public static partial class RequestLog
{
    /// <summary>Stands for the route where no endpoint was found.</summary>
    public const string NoRoute = "(none)";

    public static void UseRequestLog(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Gatehouse.Requests");
        var telemetry = app.Services.GetRequiredService<Telemetry>();
        var clock = app.Services.GetRequiredService<TimeProvider>();
        app.Use(async (http, next) =>
        {
            // One id for answer, log line and audit entry, on every surface (/v2 wire 1.4 wants a UUID).
            http.TraceIdentifier = Guid.CreateVersion7(clock.GetUtcNow()).ToString("D");
            var start = Stopwatch.GetTimestamp();
            using var trace = telemetry.Begin(http);
            try
            {
                await next(http);
            }
            finally
            {
                var (method, took) = (MethodOf(http), Stopwatch.GetElapsedTime(start));
                var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? NoRoute;
                telemetry.End(trace, method, route, http.Response.StatusCode, took);
                Note(log, method, route, http.Response.StatusCode, took.TotalMilliseconds, http.TraceIdentifier);
            }
        });
    }

    [LoggerMessage(LogLevel.Information, "{Method} {Route} {Status} {Milliseconds:0.0} ms {RequestId}")]
    private static partial void Note(
        ILogger log, string method, string route, int status, double milliseconds, string requestId);

    /// <summary>A method can be any word; only the ones we serve are repeated.</summary>
    private static string MethodOf(HttpContext http) => http.Request.Method switch
    {
        "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" => http.Request.Method,
        _ => "OTHER",
    };
}
