namespace Gatehouse.Gateways;

/// <summary>Reads the setting <c>Payments:Provider</c>, which was checked at start.</summary>
public static class PaymentChoice
{
    public static IServiceCollection AddPayments(this IServiceCollection services) => services
        .AddSingleton<SandboxFaults>().AddSingleton<SandboxStore>().AddSingleton<SandboxVault>()
        .AddSingleton(provider => new SandboxDesk(
            provider.GetRequiredService<SandboxStore>(),
            provider.GetRequiredService<SandboxVault>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<PaymentProvider, SandboxProvider>();
}
