using Gatehouse.Features.Apps;
using Gatehouse.Platform;
using Gatehouse.WebConsole.Shared;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Gatehouse.WebConsole;

/// <summary>
/// Finds the app that a page is about, before the page: where there is none for whoever asks, pages and forms alike are
/// not there. Follows the check of forms.
/// </summary>
internal static class AppGate
{
    public static void UseApps(this WebApplication app) => app.Use(async (http, next) =>
    {
        var page = http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;
        if (page?.IsSubclassOf(typeof(AppPage)) == true && !await Finds(http)) return;
        await next(http);
    });

    private static async Task<bool> Finds(HttpContext http)
    {
        var show = http.RequestServices.GetRequiredService<ShowApp>();
        var outcome = await show.Run(http.Caller(), $"{http.GetRouteValue("name")}", http.RequestAborted);
        if (outcome.Is(out var found, out var refusal)) http.Features.Set(found);
        else http.Refuse(refusal);
        return refusal is null;
    }
}
