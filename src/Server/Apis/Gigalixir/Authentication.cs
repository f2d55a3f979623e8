using Gatehouse.Domain;
using Gatehouse.Features.ApiKeys;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>
/// The one authentication scheme of this dialect: HTTP Basic with address and API key. A password is never accepted
/// here, so that no second factor can be walked around. Routes without this filter ignore the header altogether.
/// </summary>
internal sealed class Authentication(CheckApiKey check) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (BasicCredentials.Of(http.Request) is not { } basic) return Errors.Answer(new Refusal(Reason.NotLoggedIn));
        var key = new Secret(basic.Password);
        var checkedKey = await check.Run(
            http.Visitor(), basic.User, key, http.ShowsAccount(), http.RequestAborted);
        if (!checkedKey.Is(out var caller, out var refusal)) return Errors.Answer(refusal);
        http.Authenticate(caller);
        return await next(context);
    }
}
