using Gatehouse.Domain;
using Gatehouse.Features.ServiceKeys;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Platform;

/// <summary>
/// The one authentication scheme of this surface: a service key behind the word <c>Bearer</c> (RFC 6750). No key, token
/// or login of a customer means anything here.
/// </summary>
internal sealed class Authentication(CheckServiceKey check) : IEndpointFilter
{
    private const string Scheme = "Bearer ";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return Errors.Answer(new Refusal(Reason.NotLoggedIn));
        var key = new Secret(header[Scheme.Length..]);
        if (!(await check.Run(http.Visitor(), key, http.RequestAborted)).Is(out var caller, out var refusal))
            return Errors.Answer(refusal);
        http.Authenticate(caller);
        return await next(context);
    }
}
