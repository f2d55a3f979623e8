namespace Gatehouse.Platform;

/// <summary><c>GET /openapi.json</c>: every route of the server.</summary>
public static class ApiDescription
{
    private const string Name = "openapi";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) =>
        services.AddOpenApi(Name, options => options.AddDocumentTransformer((document, context, _) =>
        {
            var settings = context.ApplicationServices.GetRequiredService<Settings>();
            document.Info.Title = $"{settings.Brand.Name} accounts";
            document.Info.Version = Installation.Version;
            // The framework would repeat the Host header here, which is whatever its sender likes.
            document.Servers = [new() { Url = context.ApplicationServices.GetRequiredService<PublicUrl>().Base }];
            return Task.CompletedTask;
        }));

    /// <summary>The pattern takes this one name: any other address with such an ending is none of ours.</summary>
    public static void MapApiDescription(this IEndpointRouteBuilder app) =>
        app.MapOpenApi($"/{{documentName:regex(^{Name}$)}}.json");
}
