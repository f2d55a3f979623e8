using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gatehouse.WebConsole.Faults;

/// <summary>
/// A page for everything that has none: nothing there, a form without its token, an exception. The dialects say such
/// things in their own envelopes and are left alone.
/// </summary>
internal static class FaultPages
{
    private static readonly PathString[] Dialects = ["/api", "/v2"];

    /// <summary>Answers what would otherwise have no body, or end in an exception.</summary>
    public static void UseFaultPages(this WebApplication app) =>
        app.UseWhen(IsOurs, pages => pages.Use(async (http, next) =>
        {
            try
            {
                await next(http);
            }
            catch (Exception exception) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
            {
                Log(http, exception);
                http.Response.Clear();
                var fault = Platform.Faults.Describe(exception, http.TraceIdentifier);
                await Write(http, fault.Status, fault.RetryAfter);
            }

            if (IsEmptyRefusal(http.Response)) await Write(http, http.Response.StatusCode);
        }));

    /// <summary>Refuses a form without a valid token before its page runs. Follows UseAntiforgery.</summary>
    public static void UseFormRefusal(this WebApplication app) => app.Use((http, next) =>
        http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
            ? Write(http, StatusCodes.Status400BadRequest)
            : next(http));

    private static bool IsOurs(HttpContext http) =>
        !Dialects.Any(dialect => http.Request.Path.StartsWithSegments(dialect, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Also of a page whose form is not there any more, since it was done already: that has a type and no body.
    /// </summary>
    private static bool IsEmptyRefusal(HttpResponse response) =>
        !response.HasStarted && response is { StatusCode: >= 400, ContentLength: null };

    /// <summary>In a scope of its own, because the renderer of a page that failed half-way is of no more use.</summary>
    private static async Task Write(HttpContext http, int status, TimeSpan? retryAfter = null)
    {
        // The renderer adds this one, and throws when the page that failed has added it before.
        http.Response.Headers.Remove("blazor-enhanced-nav");
        if (retryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var outer = http.RequestServices;
        await using var scope = outer.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        try
        {
            var page = new RazorComponentResult<FaultPage>(new { Status = status }) { StatusCode = status };
            await page.ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = outer;
        }
    }

    private static void Log(HttpContext http, Exception exception)
    {
        if (exception is BadHttpRequestException) return;
        var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Gatehouse.Faults");
        log.LogError(exception, "{RequestId} failed", http.TraceIdentifier);
    }
}
