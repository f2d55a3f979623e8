using Gatehouse.Domain;
using Gatehouse.Features.Logins;
using Gatehouse.Features.Sessions;
using Gatehouse.Platform;

namespace Gatehouse.WebConsole.Logins;

/// <summary>Both steps of the login page: they ask the same rule, and end the same.</summary>
internal sealed class BrowserLogins(
    LogInForBrowser logIn, EndSession end, ConsoleCookies cookies, PendingLogins pending)
{
    /// <summary>Logs in and leads on; or says why not.</summary>
    public async Task<Refusal?> Run(HttpContext http, PendingLogin login, string? code)
    {
        var given = new Credentials(login.Name, login.Password, code);
        var outcome = await logIn.Run(http.Visitor(), given, login.Remember, http.RequestAborted);
        if (!outcome.Is(out var done, out var refusal)) return refusal;
        await Enter(http, done);
        http.SeeOther(ReturnAddress.Of(login.ReturnUrl));
        return null;
    }

    /// <summary>Hands the browser its new login; the one it had before is over.</summary>
    public async Task Enter(HttpContext http, WebLogin login)
    {
        if (http.Current()?.Caller is { Session: { } before } caller)
            await end.Run(caller, before.SessionId, http.RequestAborted);
        pending.Forget(http);
        cookies.Write(http, ConsoleCookies.Session, login.Reference.Reveal(), login.KeptUntil);
    }
}
