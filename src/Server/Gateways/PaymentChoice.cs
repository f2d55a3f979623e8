using Gatehouse.Platform;

namespace Gatehouse.Gateways;

/// <summary>Reads the setting <c>Payments:Provider</c>, which was checked at start.</summary>
public static class PaymentChoice
{
    public static IServiceCollection AddPayments(this IServiceCollection services, Settings settings)
    {
        // The sandbox's desk is there in any case: without it as the provider, all its pages are gone.
        services.AddSingleton<SandboxFaults>().AddSingleton<SandboxStore>().AddSingleton<SandboxVault>()
            .AddSingleton(provider => new SandboxDesk(
                provider.GetRequiredService<SandboxStore>(),
                provider.GetRequiredService<SandboxVault>(),
                provider.GetRequiredService<TimeProvider>()));
        return settings.Payments.Provider == StripeProvider.Word
            ? services.AddSingleton<StripeLine>().AddSingleton<StripeCards>().AddSingleton<StripeCharges>()
                .AddSingleton<StripeRefunds>().AddSingleton<PaymentProvider, StripeProvider>()
            : services.AddSingleton<PaymentProvider, SandboxProvider>();
    }
}
