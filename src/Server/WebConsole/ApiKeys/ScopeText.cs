namespace Gatehouse.WebConsole.ApiKeys;

/// <summary>What a key may do, in words.</summary>
internal static class ScopeText
{
    /// <summary>Every scope that can be chosen.</summary>
    public static readonly (string Name, string Meaning)[] All =
    [
        ("account:read", "Look at the account"),
        ("apps", "Apps, databases, domains"),
        ("billing", "Credits and payment"),
    ];

    /// <summary>What a key of these scopes may do.</summary>
    public static string Of(IReadOnlyList<string> scopes) => scopes.Count == 0
        ? "Everything"
        : string.Join("; ", scopes.Select(scope => All.FirstOrDefault(known => known.Name == scope).Meaning ?? scope));
}
