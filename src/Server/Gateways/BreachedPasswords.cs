using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Gateways;

/// <summary>
/// A list of passwords that were stolen elsewhere, as Pwned Passwords keeps it: whoever names the first five digits of
/// a SHA-1 gets the rest of all hashes that begin so, padded so that the length of the answer tells nothing. Without an
/// answer no password is refused: somebody else's outage is no reason to turn people away.
/// </summary>
public sealed class BreachedPasswords(Settings settings, ILogger<BreachedPasswords> log) : IDisposable
{
    private const int PrefixDigits = 5;
    private const int LongestAnswer = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = 16, // A flood of ours does not become one of theirs.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = LongestAnswer,
        DefaultRequestHeaders = { { "Add-Padding", "true" }, { "User-Agent", "Gatehouse" } },
    };

    /// <summary>Says whether the list of the settings has a password; without one, and without an answer, no.</summary>
    public async Task<bool> Contains(Password password, CancellationToken stop)
    {
        if (settings.Accounts.BreachedPasswordsUrl is not { Length: > 0 } list) return false;
#pragma warning disable CA5350 // What the list is sorted by; nothing is protected with it.
        var hash = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password.Text.Reveal())));
#pragma warning restore CA5350
        var found = await Ask(new Uri(list + hash[..PrefixDigits]), stop);
        return found.Split('\n').Any(line => IsOf(line, hash[PrefixDigits..]));
    }

    public void Dispose() => http.Dispose();

    /// <summary><c>REST:COUNT</c>; what was put in for the length has the count 0.</summary>
    private static bool IsOf(string line, string rest) =>
        line.Split(':') is [var digits, var count]
        && digits.Equals(rest, StringComparison.OrdinalIgnoreCase)
        && int.TryParse(count, CultureInfo.InvariantCulture, out var times)
        && times > 0;

    private async Task<string> Ask(Uri address, CancellationToken stop)
    {
        try
        {
            return await http.GetStringAsync(address, stop);
        }
        catch (Exception away) when (away is HttpRequestException or IOException
            || (away is OperationCanceledException && !stop.IsCancellationRequested))
        {
            log.LogWarning("passwords.unchecked: {Host} did not answer: {Why}", address.Host, away.Message);
            return "";
        }
    }
}
