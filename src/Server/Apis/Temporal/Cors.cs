using Gatehouse.Platform;
using Microsoft.Extensions.Primitives;

namespace Gatehouse.Apis.Temporal;

/// <summary>
/// Lets pages of other origins call this dialect (README, "Browsers"). Runs before everything else, so that errors can
/// be read as well. Never with credentials: the token is a header, and there is no cookie that could be ridden on.
/// </summary>
internal static class Cors
{
    private const string AskedMethod = "Access-Control-Request-Method";
    private const string AskedHeaders = "Access-Control-Request-Headers";
    private static readonly string[] Methods = ["GET", "POST", "OPTIONS", "DELETE", "PUT", "HEAD"];
    private static readonly string[] Headers =
    [
        "cache-control", "authorization", "x-request-id", "origin", "accept", "content-type", "x-requested-with",
        "user-agent",
    ];

    /// <summary>Answers preflights, and adds the headers of everything else at the last moment.</summary>
    public static Task Apply(HttpContext http, RequestDelegate next)
    {
        var allowed = http.RequestServices.GetRequiredService<Settings>().Cors.AllowedOrigins;
        if (IsPreflight(http.Request)) return AnswerPreflight(http, allowed);
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.Append("Vary", "Origin");
            if (OriginFor(http.Request, allowed) is { } origin)
                http.Response.Headers.AccessControlAllowOrigin = origin;
            return Task.CompletedTask;
        });
        return next(http);
    }

    private static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.ContainsKey(AskedMethod);

    /// <summary>All or nothing: with one method or header that is not allowed, nothing is.</summary>
    private static Task AnswerPreflight(HttpContext http, IReadOnlyList<string> allowed)
    {
        var (request, response) = (http.Request, http.Response.Headers);
        response.Vary = $"Origin, {AskedMethod}, {AskedHeaders}";
        var method = Methods.FirstOrDefault(m => m == request.Headers[AskedMethod]);
        var asked = Asked(request.Headers[AskedHeaders]);
        if (OriginFor(request, allowed) is { } origin && method is not null && asked.All(Headers.Contains))
        {
            response.AccessControlAllowOrigin = origin;
            response.AccessControlAllowMethods = method;
            if (asked.Count > 0) response.AccessControlAllowHeaders = string.Join(", ", asked);
        }

        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private static IReadOnlyList<string> Asked(StringValues headers) => [.. headers.ToString().ToLowerInvariant()
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>An origin is repeated only when it stands in the list, letter by letter.</summary>
    private static string? OriginFor(HttpRequest request, IReadOnlyList<string> allowed)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin == "") return null;
        if (allowed.Count == 0) return "*";
        return allowed.Contains(origin, StringComparer.Ordinal) ? origin : null;
    }
}
