using System.Globalization;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Temporal;

/// <summary>
/// How many requests an address may send, and the headers that say how many are left (README, "Limits").
/// </summary>
internal static class RequestLimit
{
    /// <summary>Counts every request, known path or not; only preflights are answered before.</summary>
    public static Task Apply(HttpContext http, RequestDelegate next)
    {
        var standing = http.RequestServices.GetRequiredService<RequestWindows>().Count(http.Visitor().Address);
        http.Response.OnStarting(() =>
        {
            Show(http.Response.Headers, standing);
            return Task.CompletedTask;
        });
        return standing.IsOver ? Refuse(http, standing) : next(http);
    }

    private static void Show(IHeaderDictionary headers, RequestStanding standing)
    {
        headers["X-RateLimit-Limit"] = standing.Most.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = standing.Left.ToString(CultureInfo.InvariantCulture);
        var end = new DateTimeOffset(standing.EndsAt).ToUnixTimeSeconds();
        headers["X-RateLimit-Reset"] = end.ToString(CultureInfo.InvariantCulture);
    }

    private static Task Refuse(HttpContext http, RequestStanding standing)
    {
        var wait = standing.EndsAt - http.RequestServices.GetRequiredService<TimeProvider>().UtcNow();
        return Errors.Answer(new Refusal(Reason.TooManyAttempts, RetryAfter: wait)).ExecuteAsync(http);
    }
}
