using Gatehouse.Platform;
using Gatehouse.WebConsole.Accounts;
using Gatehouse.WebConsole.Brand;
using Gatehouse.WebConsole.Downloads;
using Gatehouse.WebConsole.ExternalLogins;
using Gatehouse.WebConsole.Faults;
using Gatehouse.WebConsole.Logins;
using Gatehouse.WebConsole.Mails;
using Gatehouse.WebConsole.SignUps;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;

namespace Gatehouse.WebConsole;

/// <summary>
/// The pages of the product: rendered on the server, one .razor file each, whole without script. A page binds, calls an
/// operation and says what came of it; what changes something is a form, followed by a redirect.
/// </summary>
public static class Pages
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post];

    public static IServiceCollection AddWebConsole(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddScoped<ConsoleCookies>().AddScoped<Visits>()
            .AddScoped<PendingLogins>().AddScoped<BrowserLogins>().AddScoped<SignUpChoices>();
        services.AddSingleton<CliPrograms>();
        services.AddSingleton<IAntiforgeryAdditionalDataProvider, FormOwner>();
        services.AddOptions<AntiforgeryOptions>().Configure<Settings>((antiforgery, settings) =>
        {
            antiforgery.Cookie = new FormCookie(settings);
            // The content security policy says more: no page of ours is framed by anybody.
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        return services.AddAntiforgery();
    }

    /// <summary>Maps every page.</summary>
    /// <param name="app">The application.</param>
    /// <param name="export">Writes the export of the caller's account.</param>
    public static void MapWebConsole(
        this WebApplication app, Func<HttpContext, CancellationToken, Task<IResult>> export)
    {
        // A build that was not published serves wwwroot from where it was written, in every environment.
        StaticWebAssetsLoader.UseStaticWebAssets(app.Environment, app.Configuration);
        app.UseFaultPages();
        app.UseStaticFiles(new StaticFileOptions
        {
            // Asked for again by its tag, so that an upgrade shows at once.
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
        app.UseSameOrigin();
        app.UseSessions();
        app.UseAntiforgery();
        app.UseFormRefusal();
        app.UseApps();
        app.MapBrandFiles();
        app.MapDownloads();
        app.MapMailOriginals();
        app.MapExportDownload(export);
        app.MapRazorComponents<App>().Add(page => page.Metadata.Add(new HttpMethodMetadata(Methods)));
    }
}
