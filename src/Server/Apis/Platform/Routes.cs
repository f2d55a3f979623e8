using Gatehouse.Platform;

namespace Gatehouse.Apis.Platform;

/// <summary>Every route of the <c>/platform</c> surface, one line each.</summary>
public static class Routes
{
    private const string Path = "/platform";

    public static void MapPlatform(this WebApplication app)
    {
        app.UseSurface(Path, Errors.Write);
        var platform = app.MapGroup($"{Path}/v1").AddEndpointFilter<Authentication>().WithTags("Platform");
        platform.MapPost("/apps/{name}/report", Apps.Report)
            .Accepts<ReportRequest>("application/json")
            .Produces<ReportReply>(200, "application/json")
            .Produces<Problem>(401, Errors.ContentType)
            .Produces<Problem>(404, Errors.ContentType)
            .Produces<Problem>(422, Errors.ContentType);
    }
}
