using Gatehouse.Platform;

namespace Gatehouse.Gateways;

/// <summary>Reads the setting <c>Mail:Smtp</c>: a server, or this machine.</summary>
public static class MailChoice
{
    public static IServiceCollection AddMail(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(provider => new LocalMailbox(
            Path.Combine(settings.DataDirectory, "mail"), provider.GetRequiredService<TimeProvider>()));
        return settings.Mail.IsLocal
            ? services.AddSingleton<MailGateway>(provider => provider.GetRequiredService<LocalMailbox>())
            : services.AddSingleton<MailGateway>(_ => new SmtpGateway(new Uri(settings.Mail.Smtp.Reveal())));
    }
}
