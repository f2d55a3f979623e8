using Gatehouse.Platform;

namespace Gatehouse.WebConsole;

/// <summary>
/// The cookies of the console. Over https they have the prefix that no other host and no plain http can set (RFC
/// 6265bis 4.1.3); over plain http there are none but on the machine itself, where nothing travels.
/// </summary>
internal sealed class ConsoleCookies(PublicUrl publicUrl)
{
    /// <summary>The login of the browser.</summary>
    public const string Session = "session";

    /// <summary>A login that waits for its second factor.</summary>
    public const string PendingLogin = "login";

    /// <summary>A visit to the OpenID provider.</summary>
    public const string Visit = "visit";

    /// <summary>A sign-up on its way.</summary>
    public const string SignUp = "signup";

    private bool IsSecure => publicUrl.Base.StartsWith("https:", StringComparison.Ordinal);

    /// <summary>Says whether a secret can be kept by this browser without anybody reading along.</summary>
    public bool AreSafeFor(HttpContext http) =>
        IsSecure || (new Uri(publicUrl.Base).IsLoopback && http.IsFromHere());

    /// <summary>What the browser presents; null without any.</summary>
    public string? Read(HttpContext http, string name) => http.Request.Cookies[NameOf(name)];

    /// <summary>Hands one out: until a time (UTC), or until the browser is closed.</summary>
    public void Write(HttpContext http, string name, string value, DateTime? until) =>
        http.Response.Cookies.Append(NameOf(name), value, Options(until));

    /// <summary>Takes one back.</summary>
    public void Forget(HttpContext http, string name)
    {
        if (Read(http, name) is not null) http.Response.Cookies.Append(NameOf(name), "", Options(DateTime.UnixEpoch));
    }

    private string NameOf(string name) => IsSecure ? $"__Host-{name}" : name;

    private CookieOptions Options(DateTime? until) => new()
    {
        Path = "/",
        Secure = IsSecure,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        Expires = until is { } end ? new DateTimeOffset(end) : null,
    };
}
