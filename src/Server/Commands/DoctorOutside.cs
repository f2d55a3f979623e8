using System.Net;
using Gatehouse.Gateways;
using Gatehouse.Platform;

namespace Gatehouse.Commands;

/// <summary>What the doctor asks the world around the server.</summary>
internal sealed class DoctorOutside(Settings settings, bool development, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Up to the point where a message would be sent, and no further.</summary>
    public async Task<DoctorFinding> Mail()
    {
        const string Check = "Mail";
        if (settings.Mail.IsLocal)
        {
            const string Says = "local: stays in DataDirectory/mail";
            return development
                ? DoctorFinding.Green(Check, Says)
                : DoctorFinding.Yellow(Check, $"{Says}; nobody gets any. Mail:Smtp names a server");
        }

        var server = new Uri(settings.Mail.Smtp.Reveal());
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var greeted = await new SmtpGateway(server).Greet(patience.Token);
            var says = $"{server.Host} {(greeted.IsSecure ? "by TLS" : "without TLS")}, "
                + (greeted.IsAuthenticated ? "logged in" : "no password set");
            return greeted.IsSecure || server.IsLoopback
                ? DoctorFinding.Green(Check, says)
                : DoctorFinding.Yellow(Check, $"{says}: every message can be read on its way");
        }
        catch (Exception refused)
        {
            var why = patience.IsCancellationRequested ? "no answer within 5 s" : refused.GetBaseException().Message;
            return DoctorFinding.Red(Check, $"{server.Host}: {why.Split('\n')[0].TrimEnd()}");
        }
    }

    /// <summary>The one in the box moves no money.</summary>
    public DoctorFinding Payments()
    {
        const string Check = "Payments";
        var provider = settings.Payments.Provider is "" ? "sandbox" : settings.Payments.Provider;
        return provider == "sandbox" && !development
            ? DoctorFinding.Yellow(Check, "sandbox: takes test cards and moves no money")
            : DoctorFinding.Green(Check, provider);
    }

    /// <summary>Links lead there, and browsers keep cookies there, so it has to be right and to answer.</summary>
    public async Task<DoctorFinding> PublicUrl()
    {
        const string Check = "PublicUrl";
        if (settings.PublicUrl == "")
            return DoctorFinding.Green(Check, "empty: the first address that the server listens on (Development)");
        var address = new Uri(settings.PublicUrl);
        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
            return DoctorFinding.Red(Check, $"{settings.PublicUrl} is not https: passwords travel in the open");
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            var page = new Uri($"{settings.PublicUrl}/healthz");
            var (status, isOurs) = await OwnAddress.Ask(page, "alive", patience.Token);
            return status == StatusCodes.Status200OK && isOurs
                ? DoctorFinding.Green(Check, $"{settings.PublicUrl} answers")
                : DoctorFinding.Red(
                    Check, $"{page} answers {status}, and not as this server would");
        }
        catch (HttpRequestException failure) when (failure.InnerException is System.Security.Authentication
            .AuthenticationException)
        {
            return DoctorFinding.Red(Check, $"{settings.PublicUrl}: its certificate is not valid for this machine");
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException)
        {
            return DoctorFinding.Yellow(
                Check, $"{settings.PublicUrl} does not answer from here: no server runs, or the way there is closed");
        }
    }

    /// <summary>Whoever is listed may say where a request comes from.</summary>
    public DoctorFinding Proxies()
    {
        const string Check = "Proxies";
        if (settings.Proxies.FirstOrDefault(IsEverybody) is { } everybody)
            return DoctorFinding.Red(Check, $"{everybody} is everybody: anyone may claim any address");
        if (settings.Proxies.Count > 0) return DoctorFinding.Green(Check, string.Join(", ", settings.Proxies));
        return settings.PublicUrl.StartsWith("https:", StringComparison.Ordinal)
            ? DoctorFinding.Yellow(
                Check, "none, and PublicUrl is https: behind a proxy that is not listed, all seem to come from it")
            : DoctorFinding.Green(Check, "none: the address of a request is its peer's");
    }

    private static bool IsEverybody(string proxy) =>
        IPNetwork.TryParse(proxy, out var network) && network.PrefixLength == 0;
}
