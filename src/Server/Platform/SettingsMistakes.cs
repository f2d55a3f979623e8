using System.Net;
using System.Text.RegularExpressions;
using Gatehouse.Data;
using MimeKit;

namespace Gatehouse.Platform;

/// <summary>Finds every mistake in the settings, so that a start names all of them at once.</summary>
public static partial class SettingsMistakes
{
    // OWASP's five settings of equal strength: passes → least memory in KiB.
    private static readonly int[] LeastMemoryKiB = [0, 47_104, 19_456, 12_288, 9_216, 7_168];

    /// <summary>One sentence a mistake, each beginning with the setting's name; empty when there is none.</summary>
    public static IEnumerable<string> In(Settings settings, bool development)
    {
        if (settings.MasterKey is { } key && MasterKey.Parse(key) is null)
            yield return "MasterKey is not 32 random bytes in base64 (openssl rand -base64 32 makes one).";
        if (settings.PublicUrl != "" && !IsBaseUrl(settings.PublicUrl))
            yield return "PublicUrl is not an http or https address without query and without a slash at its end.";
        foreach (var proxy in settings.Proxies.Where(proxy => !IsAddressOrNetwork(proxy)))
            yield return $"Proxies: {proxy} is neither an address nor a network.";
        foreach (var network in settings.Webhooks.AllowedNetworks.Where(text => !IPNetwork.TryParse(text, out _)))
            yield return $"Webhooks:AllowedNetworks: {network} is not a network such as 10.0.0.0/8.";
        if (settings.Mail.Smtp.Reveal() is not ("" or "local") && !IsSmtp(settings.Mail.Smtp.Reveal()))
            yield return "Mail:Smtp is neither local nor an smtp:// or smtps:// address.";
        if (!MailboxAddress.TryParse(settings.Mail.From, out _)) yield return "Mail:From is not a mail address.";
        if (settings.Accounts.PasswordMinimum is < 8 or > 256)
            yield return "Accounts:PasswordMinimum is not between 8 and 256.";
        if (settings.Accounts.BreachedPasswordsUrl is { Length: > 0 } list
            && !(list.EndsWith('/') && Uri.TryCreate(list, UriKind.Absolute, out var address) && IsSafe(address)))
            yield return "Accounts:BreachedPasswordsUrl is not an https address that ends with a slash.";
        if (settings.Accounts.ClosingGraceDays is < 0 or > 365)
            yield return "Accounts:ClosingGraceDays is not between 0 and 365.";
        if (settings.Accounts.StepUpMinutes is < 1 or > 60)
            yield return "Accounts:StepUpMinutes is not between 1 and 60.";
        if (!IsStrong(settings.Accounts.Hashing))
            yield return "Accounts:Hashing is weaker than the least that OWASP recommends (19456 KiB with 2 passes).";
        if (settings.Tokens.PublishAhead < TimeSpan.Zero || settings.Tokens.RotateEvery <= settings.Tokens.PublishAhead)
            yield return "Tokens:RotateEvery is not longer than Tokens:PublishAhead.";
        foreach (var origin in settings.Cors.AllowedOrigins.Where(origin => !IsOrigin(origin)))
            yield return $"Cors:AllowedOrigins: {origin} is not an origin such as https://app.example.org.";
        if (settings.Payments.Provider is not ("" or "sandbox" or "stripe"))
            yield return "Payments:Provider is neither sandbox nor stripe.";
        var stripe = settings.Payments.Provider == "stripe" ? StripeMistakes.In(settings.Payments.Stripe) : [];
        foreach (var mistake in stripe) yield return mistake;
        foreach (var mistake in InGoogle(settings.Google)) yield return mistake;
        foreach (var mistake in InTariff(settings)) yield return mistake;
        foreach (var mistake in InDatabases(settings.Databases)) yield return mistake;
        foreach (var mistake in InVersions(settings.Cli)) yield return mistake;
        if (settings.Cli.Directory != "" && !Directory.Exists(settings.Cli.Directory))
            yield return "Cli:Directory is not a folder of this machine.";
        if (!Color().IsMatch(settings.Brand.Color)) yield return "Brand:Color is not of the form #rrggbb.";
        foreach (var limit in typeof(LimitSettings).GetProperties().Where(p => (int)p.GetValue(settings.Limits)! < 0))
            yield return $"Limits:{limit.Name} is below 0.";
        if (development) yield break;
        foreach (var name in NotSetOnPurpose(settings)) yield return $"{name} must be set outside Development.";
    }

    private static IEnumerable<string> NotSetOnPurpose(Settings settings)
    {
        if (settings.Mail.Smtp.Reveal() == "") yield return "Mail:Smtp";
        if (settings.Payments.Provider == "") yield return "Payments:Provider";
        if (settings.PublicUrl == "") yield return "PublicUrl";
    }

    private static IEnumerable<string> InGoogle(GoogleSettings google)
    {
        if (google.IsOffered != google.ClientSecret?.Reveal() is { Length: > 0 })
            yield return "Google:ClientId and Google:ClientSecret are set together or not at all.";
        if (!Uri.TryCreate(google.Authority, UriKind.Absolute, out var authority)
            || !IsSafe(authority) || authority.Query != "" || authority.Fragment != "" || authority.UserInfo != "")
            yield return "Google:Authority is not an https address (http for this machine only) without a query.";
    }

    private static IEnumerable<string> InDatabases(DatabaseSettings databases)
    {
        if (databases.AreMade && !DatabaseServerAddress.IsOne(databases.Server!))
            yield return "Databases:Server is not a PostgreSQL address with host and user, such as "
                + "Host=127.0.0.1;Username=gatehouse or postgresql://gatehouse:secret@db.example.org.";
        var publicAddress = $"postgresql://{databases.PublicHost}/";
        if (databases.PublicHost != "" && !Uri.TryCreate(publicAddress, UriKind.Absolute, out _))
            yield return "Databases:PublicHost is neither a host nor host:port.";
        if (databases.FreeConnections < 1 || databases.ConnectionsPerGigabyte < 1)
            yield return "Databases:FreeConnections or Databases:ConnectionsPerGigabyte is below 1.";
        if (databases.Patience <= TimeSpan.Zero) yield return "Databases:Patience is not above 0.";
    }

    private static IEnumerable<string> InVersions(CliSettings cli)
    {
        if (cli.LatestVersion != "" && ClientVersions.Parse(cli.LatestVersion) is null)
            yield return "Cli:LatestVersion is not a version such as 1.2.0.";
        if (cli.MinimumVersion != "" && ClientVersions.Parse(cli.MinimumVersion) is null)
            yield return "Cli:MinimumVersion is not a version such as 1.2.0.";
    }

    /// <summary>Plain http is read along on its way; on the machine itself nothing travels.</summary>
    internal static bool IsSafe(Uri url) => url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback);

    private static IEnumerable<string> InTariff(Settings settings)
    {
        if (Tariff.ToNanos(settings.Prices.ReplicaMegabyte) is null)
            yield return "Prices:ReplicaMegabyte is not an amount of dollars with at most nine decimals.";
        if (Tariff.ParseDatabases(settings.Prices.Databases) is null)
            yield return "Prices:Databases is not of the form `0.6=25 1.7=50`, with rising sizes.";
        if (Tariff.Words(settings.Apps.Regions) is not { Count: > 0 } regions
            || regions.Any(region => region.Split(':') is not [{ Length: > 0 }, { Length: > 0 }]))
            yield return "Apps:Regions is not of the form `gcp:europe-west1 aws:us-east-1`.";
        if (Tariff.Words(settings.Apps.Stacks).Count == 0) yield return "Apps:Stacks names no stack.";
        if (!IsPossible(settings.Tiers.Free))
            yield return "Tiers:Free has a limit below 0 or a size that is not in steps of 0.1.";
        if (!IsPossible(settings.Tiers.Standard))
            yield return "Tiers:Standard has a limit below 0 or a size that is not in steps of 0.1.";
    }

    private static bool IsPossible(TierSettings tier) =>
        tier is { Apps: >= 0, Replicas: >= 0, Databases: >= 0, DatabaseRows: >= 0, Collaborators: >= 0, Domains: >= 0 }
        && tier.SmallestSize <= tier.LargestSize
        && IsStep(tier.SmallestSize) && IsStep(tier.LargestSize);

    private static bool IsStep(decimal gigabytes) =>
        Domain.Size.FromGigabytes(gigabytes) is { } size && size.Milli % Tariff.SizeStepMilli == 0;

    private static bool IsBaseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && url.Query == "" && url.Fragment == "" && url.UserInfo == "" && !text.EndsWith('/');

    /// <summary>As browsers write it (RFC 6454 6.2), because it is compared letter by letter.</summary>
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.GetLeftPart(UriPartial.Authority) == text;

    private static bool IsAddressOrNetwork(string text) =>
        IPNetwork.TryParse(text, out _) || IPAddress.TryParse(text, out _);

    private static bool IsSmtp(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "smtp" or "smtps" && url.Host != "";

    private static bool IsStrong(HashingSettings hashing) =>
        hashing is { Passes: >= 1, MemoryKiB: <= 1_048_576, Queue: >= 0 }
        && hashing.Patience > TimeSpan.Zero
        && hashing.MemoryKiB >= LeastMemoryKiB[Math.Min(hashing.Passes, LeastMemoryKiB.Length - 1)];

    [GeneratedRegex("^#[0-9a-fA-F]{6}$", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Color();
}
