using System.Text.RegularExpressions;

namespace Gatehouse.WebConsole;

/// <summary>Where a login leads: to the page that asked for it, which is one of our private ones.</summary>
internal static partial class ReturnAddress
{
    /// <summary>Where a login leads that was not asked for by a page.</summary>
    public const string Home = "/account";

    /// <summary>The page of that address if it is one of ours, the account otherwise.</summary>
    public static string Of(string? address) => address is not null && Ours().IsMatch(address) ? address : Home;

    /// <summary>The login that leads back to what was asked for; a form has to be filled in again.</summary>
    public static string LoginFor(HttpRequest request)
    {
        var address = HttpMethods.IsPost(request.Method) ? $"{request.Path}" : $"{request.Path}{request.QueryString}";
        return address == Home || Of(address) == Home ? "/login" : $"/login?returnUrl={Uri.EscapeDataString(address)}";
    }

    [GeneratedRegex(@"\A/(account|apps)(/[a-z0-9-]+)*(\?[a-z]+=[a-z0-9-]+)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ours();
}
