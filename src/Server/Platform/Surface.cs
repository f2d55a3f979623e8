namespace Gatehouse.Platform;

/// <summary>
/// What happens on a surface when no endpoint answers: nothing there, a wrong method, a client that is too old, an
/// exception. Each surface says it in its own envelope.
/// </summary>
public static class Surface
{
    /// <summary>Answers everything under a path that would otherwise have no body.</summary>
    /// <param name="app">The application.</param>
    /// <param name="path">Where the surface begins.</param>
    /// <param name="write">Writes a fault in the envelope of the surface.</param>
    public static void UseSurface(this WebApplication app, PathString path, Func<HttpContext, Fault, Task> write)
    {
        var versions = app.Services.GetRequiredService<ClientVersions>();
        var crowd = new Crowd(app.Services.GetRequiredService<Settings>().Limits.RequestsAtOnce);
        app.UseWhen(http => IsUnder(http, path), surface => surface.Use(async (http, next) =>
        {
            versions.Announce(http.Response.Headers);
            if (versions.Refuse(http.Request.Headers.UserAgent.ToString()) is { } outdated)
            {
                await Write(http, outdated, write);
                return;
            }

            if (!crowd.Enter())
            {
                await Write(http, Faults.Crowded, write);
                return;
            }

            try
            {
                await next(http);
            }
            catch (Exception exception) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
            {
                Log(http, exception);
                http.Response.Clear();
                await Write(http, Faults.Describe(exception, http.TraceIdentifier), write);
            }
            finally
            {
                crowd.Leave();
            }

            if (IsEmptyRefusal(http.Response)) await Write(http, Name(http.Response.StatusCode), write);
        }));
    }

    private static bool IsUnder(HttpContext http, PathString path) =>
        http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase);

    private static Task Write(HttpContext http, Fault fault, Func<HttpContext, Fault, Task> write)
    {
        http.Response.StatusCode = fault.Status;
        if (fault.RetryAfter is { } wait) http.Response.Headers.RetryAfter = $"{Math.Ceiling(wait.TotalSeconds):0}";
        return write(http, fault);
    }

    private static bool IsEmptyRefusal(HttpResponse response) =>
        !response.HasStarted && response is { StatusCode: >= 400, ContentLength: null, ContentType: null };

    private static Fault Name(int status) => new(status, status switch
    {
        StatusCodes.Status404NotFound => "Not found",
        StatusCodes.Status405MethodNotAllowed => "Method not allowed",
        StatusCodes.Status413PayloadTooLarge => "The request is too large.",
        StatusCodes.Status415UnsupportedMediaType => "Unsupported media type",
        _ => "The request cannot be answered.",
    });

    private static void Log(HttpContext http, Exception exception)
    {
        var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Gatehouse.Faults");
        if (exception is BadHttpRequestException) return;
        log.LogError(exception, "{RequestId} failed", http.TraceIdentifier);
    }
}
