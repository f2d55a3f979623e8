namespace Gatehouse.WebConsole;

/// <summary>The pages of the product.</summary>
public static class Pages
{
    public static IServiceCollection AddWebConsole(this IServiceCollection services)
    {
        services.AddRazorComponents();
        return services.AddAntiforgery();
    }

    public static void MapWebConsole(this WebApplication app)
    {
        app.UseStaticFiles();
        app.UseAntiforgery();
    }
}
