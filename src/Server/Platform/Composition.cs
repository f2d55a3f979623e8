using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gatehouse.Platform;

/// <summary>What every surface stands on, put together.</summary>
public static class Composition
{
    /// <summary>The largest request body in bytes.</summary>
    public const long LargestBody = 256 * 1024;

    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HeaderPatience = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddPlatform(this IServiceCollection services, Settings settings, MasterKey key)
    {
        // A clock that is there already stays: a test brings one that it can move.
        services.TryAddSingleton(new Clock(TimeProvider.System));
        DataProtectionKeys.AddTo(services);
        Metrics.AddTo(services);
        return services
            .AddSingleton(settings).AddSingleton(key).AddSingleton<Tariff>()
            .AddSingleton<TimeProvider>(provider => provider.GetRequiredService<Clock>())
            .AddSingleton<PublicUrl>().AddSingleton<ClientVersions>().AddSingleton<PasswordHashing>()
            .AddSingleton<PausedAddresses>().AddSingleton<FreshLogins>()
            .AddSingleton<TokenKeyCache>().AddSingleton<SeenTokens>()
            .AddScoped<TokenKeys>().AddScoped<TokenSignatures>().AddScoped<TokenWriter>()
            .AddSingleton<RequestWindows>().AddScoped(typeof(Rarely<>))
            .AddScoped<RateLimits>().AddScoped<LoginLimits>().AddScoped<SignUpLimits>().AddScoped<VisitLimits>()
            .AddScoped<MailLimits>().AddScoped<ChargeLimits>()
            .AddScoped<ApiKeyFailures>().AddScoped<FactorLimits>().AddScoped<EmailChangeLinks>()
            .Configure<HostOptions>(host => host.ShutdownTimeout = Drain)
            .Configure<KestrelServerOptions>(Bound)
            .Configure<ForwardedHeadersOptions>(forwarded => Believe(forwarded, settings.Proxies));
    }

    /// <summary>A limit on everything a client can make us hold.</summary>
    private static void Bound(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.RequestHeadersTimeout = HeaderPatience;
        kestrel.Limits.MaxConcurrentConnections = 10_000;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
    }

    /// <summary>Only listed proxies may say where a request comes from.</summary>
    private static void Believe(ForwardedHeadersOptions forwarded, IReadOnlyList<string> proxies)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.ForwardLimit = null;
        forwarded.KnownIPNetworks.Clear();
        forwarded.KnownProxies.Clear();
        foreach (var proxy in proxies)
        {
            if (System.Net.IPAddress.TryParse(proxy, out var address)) forwarded.KnownProxies.Add(address);
            else forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }

        // With an empty list the middleware would believe everybody.
        if (proxies.Count == 0) forwarded.ForwardedHeaders = ForwardedHeaders.None;
    }
}
