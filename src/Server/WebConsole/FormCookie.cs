using Gatehouse.Platform;

namespace Gatehouse.WebConsole;

/// <summary>
/// The cookie that ties a form to the browser it was shown in. Over https it has the prefix that no other host and no
/// plain http can set (RFC 6265bis 4.1.3). Whether that is so is read from the public address: behind a proxy the
/// request itself does not know.
/// </summary>
internal sealed class FormCookie : CookieBuilder
{
    private readonly bool isSecure;

    public FormCookie(Settings settings)
    {
        isSecure = settings.PublicUrl.StartsWith("https:", StringComparison.Ordinal);
        Name = isSecure ? "__Host-form" : "form";
        HttpOnly = true;
        IsEssential = true;
        // Not Strict: a link in a mail would then be answered with a new cookie, and forms in other tabs would die.
        SameSite = SameSiteMode.Lax;
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure = isSecure;
        return options;
    }
}
