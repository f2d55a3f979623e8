using System.Net;
using Gatehouse.Platform;

namespace Gatehouse.Gateways;

/// <summary>The way out for messages to the platform.</summary>
public static class WebhookChoice
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services.AddSingleton(
        provider => new WebhookGateway(provider.GetRequiredService<Settings>(), Dns.GetHostAddressesAsync));
}
