using Microsoft.AspNetCore.Antiforgery;

namespace Gatehouse.WebConsole.Accounts;

/// <summary>
/// The export as a file. It is the document that the command line gets too, so its writer is handed in: pages and
/// dialects do not know each other. A form, because it leaves a line in the activity.
/// </summary>
internal static class ExportDownload
{
    public const string Path = "/account/export/download";

    public static void MapExportDownload(
        this WebApplication app, Func<HttpContext, CancellationToken, Task<IResult>> export) => app
        .MapPost(Path, (HttpContext http, CancellationToken stop) => export(http, stop))
        .WithMetadata(new PrivateAttribute(), new RequireAntiforgeryTokenAttribute())
        .ExcludeFromDescription()
        .AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers.ContentDisposition = "attachment; filename=\"account.json\"";
            return next(context);
        });
}
