using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Gatehouse.Platform;

namespace Gatehouse.WebConsole.Logins;

/// <summary>
/// A login between its two steps, password and code: kept by the browser for five minutes, sealed under the master key,
/// so that nobody can read or make one. The code is then checked together with the password, by the same rule as on
/// every other surface.
/// </summary>
internal sealed class PendingLogins(ConsoleCookies cookies, MasterKey key, TimeProvider clock)
{
    private const string Context = "login that waits for its second factor";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>Keeps one.</summary>
    public void Keep(HttpContext http, PendingLogin login)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(login with { EndsAt = clock.UtcNow() + Life });
        cookies.Write(http, ConsoleCookies.PendingLogin, Base64Url.EncodeToString(key.Seal(text, Context)), null);
    }

    /// <summary>The one that waits; null when there is none, or its time is over.</summary>
    public PendingLogin? Find(HttpContext http)
    {
        if (cookies.Read(http, ConsoleCookies.PendingLogin) is not { } text || !Base64Url.IsValid(text)) return null;
        try
        {
            var login = JsonSerializer.Deserialize<PendingLogin>(key.Open(Base64Url.DecodeFromChars(text), Context));
            return login?.EndsAt > clock.UtcNow() ? login : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Done with it.</summary>
    public void Forget(HttpContext http) => cookies.Forget(http, ConsoleCookies.PendingLogin);
}

/// <summary>A login whose password was right.</summary>
/// <param name="Name">Address or user name.</param>
/// <param name="Password">As typed.</param>
/// <param name="Remember">Whether the login outlives the browser.</param>
/// <param name="ReturnUrl">Where it leads.</param>
internal sealed record PendingLogin(string Name, string Password, bool Remember, string ReturnUrl)
{
    /// <summary>UTC.</summary>
    public DateTime EndsAt { get; init; }
}
