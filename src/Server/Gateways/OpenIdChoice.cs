namespace Gatehouse.Gateways;

/// <summary>The OpenID provider of the settings; it is spoken to when somebody logs in there, never before.</summary>
public static class OpenIdChoice
{
    public static IServiceCollection AddOpenId(this IServiceCollection services) => services
        .AddSingleton<OpenIdClient>().AddSingleton<OpenIdDirectory>()
        .AddSingleton<IdTokenCheck>().AddSingleton<OpenIdProvider>();
}
