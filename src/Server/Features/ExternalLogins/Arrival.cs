using Gatehouse.Domain;
using Gatehouse.Features.Sessions;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>Where a visit leads next.</summary>
/// <param name="Next">Where.</param>
public sealed record Arrival(ArrivalKind Next)
{
    /// <summary>What the browser is known by from here on; null where the visit is over.</summary>
    public Secret? Browser { get; init; }

    /// <summary>The login of the browser.</summary>
    public WebLogin? Login { get; init; }

    /// <summary>The handle of a sign-up that goes on in the browser.</summary>
    public Secret? SignUp { get; init; }

    /// <summary>The page the visit was begun for.</summary>
    public string ReturnUrl { get; init; } = "";
}

/// <summary>What a visit leads to.</summary>
public enum ArrivalKind
{
    /// <summary>The browser is logged in.</summary>
    LoggedIn,

    /// <summary>The account has another way in.</summary>
    Linked,

    /// <summary>A sign-up goes on, with an address that is proven.</summary>
    SignUp,

    /// <summary>The second factor is asked for.</summary>
    Factor,

    /// <summary>The password of the account with that address is asked for.</summary>
    Password,

    /// <summary>There is no account: does the visitor want one?</summary>
    NewAccount,

    /// <summary>The button that hands over to the terminal.</summary>
    HandOver,

    /// <summary>A terminal wanted to log in, and there is no account.</summary>
    NoAccount,

    /// <summary>A terminal wanted to sign up, and there is an account.</summary>
    HasAccount,
}
