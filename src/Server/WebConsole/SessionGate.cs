using Gatehouse.Features.Sessions;
using Gatehouse.Platform;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Gatehouse.WebConsole;

/// <summary>
/// Finds out whose browser asks for a page, and shows the way in to whoever has to log in first. Follows routing, and
/// stands before the check of forms: a form that comes too late leads to the login, not to an error.
/// </summary>
internal static class SessionGate
{
    public static void UseSessions(this WebApplication app) => app.Use(async (http, next) =>
    {
        var endpoint = http.GetEndpoint();
        var needsLogin = endpoint?.Metadata.GetMetadata<PrivateAttribute>() is not null;
        if (endpoint?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null || needsLogin) await Enter(http);
        if (needsLogin && http.Current() is null) http.SeeOther(ReturnAddress.LoginFor(http.Request));
        else await next(http);
    });

    /// <summary>The account whose owner asks; null for visitors.</summary>
    public static EnteredAccount? Current(this HttpContext http) => http.Features.Get<EnteredAccount>();

    private static async Task Enter(HttpContext http)
    {
        var services = http.RequestServices;
        var cookies = services.GetRequiredService<ConsoleCookies>();
        if (cookies.Read(http, ConsoleCookies.Session) is not { } reference) return;
        var check = services.GetRequiredService<CheckWebSession>();
        if (!(await check.Run(http.Visitor(), reference, http.RequestAborted)).Is(out var entered, out _)) return;
        if (entered.Renewed is { } renewed)
            cookies.Write(http, ConsoleCookies.Session, renewed.Reference.Reveal(), renewed.KeptUntil);
        http.Features.Set(entered);
        http.Authenticate(entered.Caller);
    }
}

/// <summary>Marks what is shown to the owner of an account alone.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PrivateAttribute : Attribute;
