using Gatehouse.Domain;
using Gatehouse.Features.ExternalLogins;
using Gatehouse.Platform;
using Gatehouse.WebConsole.Logins;

namespace Gatehouse.WebConsole.ExternalLogins;

/// <summary>What the pages of a visit to Google share: what the browser keeps, and where each step leads.</summary>
internal sealed class Visits(ConsoleCookies cookies, BrowserLogins logins, TimeProvider clock)
{
    /// <summary>Says whether this browser can keep a secret here.</summary>
    public bool AreSafeFor(HttpContext http) => cookies.AreSafeFor(http);

    /// <summary>What the browser is known by.</summary>
    public string? Browser(HttpContext http) => cookies.Read(http, ConsoleCookies.Visit);

    /// <summary>The browser goes to the provider.</summary>
    public void Begin(HttpContext http, BegunVisit visit) => Keep(http, visit.Browser);

    /// <summary>The visit is over.</summary>
    public void Forget(HttpContext http) => cookies.Forget(http, ConsoleCookies.Visit);

    /// <summary>Leads to the next step. What ends a visit without one, is said by the page that asked.</summary>
    public async Task LeadOn(HttpContext http, Arrival arrival)
    {
        if (arrival.Browser is { } browser) Keep(http, browser);
        else Forget(http);
        if (arrival.Login is { } login) await logins.Enter(http, login);
        if (arrival.SignUp is { } handle)
            cookies.Write(http, ConsoleCookies.SignUp, handle.Reveal(), clock.UtcNow() + SignUp.Life);
        if (PathOf(arrival) is { } path) http.SeeOther(path);
    }

    private void Keep(HttpContext http, Secret browser) =>
        cookies.Write(http, ConsoleCookies.Visit, browser.Reveal(), clock.UtcNow() + ProviderVisit.Life);

    private static string? PathOf(Arrival arrival) => arrival.Next switch
    {
        ArrivalKind.LoggedIn => ReturnAddress.Of(arrival.ReturnUrl),
        ArrivalKind.Linked => "/account/google?done=linked",
        ArrivalKind.SignUp => "/signup/tier",
        ArrivalKind.Factor => "/oauth/factor",
        ArrivalKind.Password => "/oauth/link",
        ArrivalKind.NewAccount => "/oauth/account",
        ArrivalKind.HandOver => "/oauth/confirm",
        ArrivalKind.NoAccount or ArrivalKind.HasAccount => null,
    };
}
