namespace Gatehouse.Gateways;

/// <summary>The server of customers' databases, if the setting <c>Databases:Server</c> names one.</summary>
public static class HostingChoice
{
    public static IServiceCollection AddHosting(this IServiceCollection services) => services
        .AddSingleton<DatabaseServer>().AddSingleton<PostgresProvisioner>().AddSingleton<RowCounter>();
}
