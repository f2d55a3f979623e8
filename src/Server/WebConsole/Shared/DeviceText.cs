namespace Gatehouse.WebConsole.Shared;

/// <summary>What a client calls itself, in words. Browsers claim to be each other: the rarer name counts.</summary>
internal static class DeviceText
{
    private static readonly (string Part, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Part, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ];

    /// <summary>Such as <c>Firefox on Linux</c>; what is no browser, as it says itself.</summary>
    public static string Of(string userAgent)
    {
        var browser = Browsers.FirstOrDefault(one => userAgent.Contains(one.Part, StringComparison.Ordinal)).Name;
        var system = Systems.FirstOrDefault(one => userAgent.Contains(one.Part, StringComparison.Ordinal)).Name;
        return (browser, system) switch
        {
            (null, _) => userAgent == "" ? "Unnamed client" : userAgent,
            (_, null) => browser,
            _ => $"{browser} on {system}",
        };
    }
}
