namespace Gatehouse.Domain;

/// <summary>What an API key can be made for.</summary>
public enum Scope
{
    /// <summary>Look at the account, never change it.</summary>
    AccountRead,

    /// <summary>Apps and what belongs to them.</summary>
    Apps,

    /// <summary>Credits, invoices, payment.</summary>
    Billing,

    /// <summary>Everything; no scope can be asked for that includes it.</summary>
    Everything,
}

/// <summary>The scopes of one key.</summary>
/// <param name="Names">As stored: names with a blank between them; empty for everything.</param>
public readonly record struct Scopes(string Names)
{
    /// <summary>A key without limits.</summary>
    public static readonly Scopes Unlimited = new("");

    /// <summary>Reads the names a client asks for; refuses with <see cref="Reason.InvalidFormat"/>.</summary>
    public static Outcome<Scopes> Parse(IReadOnlyList<string>? names)
    {
        if (names is null || names.Count == 0) return Unlimited;
        var known = new[] { Scope.AccountRead, Scope.Apps, Scope.Billing }
            .Where(scope => names.Contains(NameOf(scope), StringComparer.Ordinal));
        var found = known.Select(NameOf).ToList();
        return found.Count == names.Distinct(StringComparer.Ordinal).Count()
            ? new Scopes(string.Join(' ', found))
            : new Refusal(Reason.InvalidFormat, Field.Scope);
    }

    /// <summary>Says whether a key with these scopes may do such a thing.</summary>
    public bool Allow(Scope scope) => Names == "" || Names.Split(' ').Contains(NameOf(scope), StringComparer.Ordinal);

    /// <summary>The names, one by one.</summary>
    public IReadOnlyList<string> ToList() => Names == "" ? [] : Names.Split(' ');

    private static string NameOf(Scope scope) => scope switch
    {
        Scope.AccountRead => "account:read",
        Scope.Apps => "apps",
        Scope.Billing => "billing",
        Scope.Everything => "*",
    };
}
