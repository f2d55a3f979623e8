using Gatehouse.Domain;
using Gatehouse.Features.Tokens;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Temporal;

/// <summary>
/// The one authentication scheme of this dialect: a JSON Web Token behind the word <c>Bearer</c>, spelled so, and one
/// blank (README, "Tokens"). Routes without this filter do not even look at the header.
/// </summary>
internal sealed class Authentication(CheckToken check) : IEndpointFilter
{
    private const string Scheme = "Bearer ";
    private const int Dots = 2;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var header = http.Request.Headers.Authorization.ToString();
        if (header == "") return Errors.Gate(new Refusal(Reason.NotLoggedIn));
        if (!header.StartsWith(Scheme, StringComparison.Ordinal) || header.AsSpan(Scheme.Length).ContainsAny(' ', ','))
            return Errors.Gate(401, "invalid auth header");
        var token = header[Scheme.Length..];
        if (token.Count(c => c == '.') != Dots)
            return Errors.Gate(401, "token contains an invalid number of segments");
        var found = await check.Run(
            http.Visitor(), new Secret(token), http.ShowsAccount(), http.RequestAborted);
        if (!found.Is(out var caller, out var refusal)) return Errors.Gate(refusal);
        http.Authenticate(caller);
        return await next(context);
    }
}
