using System.Security.Cryptography;

namespace Gatehouse.Domain;

/// <summary>The name of an app: a label of a host name (RFC 1123 2.1), unique on the whole server.</summary>
public sealed record AppName(string Text)
{
    private const int Shortest = 2;
    private const int Longest = 49;

    // Names that would be mistaken for a part of the platform itself.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "about", "account", "accounts", "admin", "administrator", "api", "app", "apps", "assets", "auth", "billing",
        "blog", "cdn", "console", "dashboard", "database", "databases", "dev", "dns", "docs", "domains", "email",
        "ftp", "gatehouse", "gigalixir", "git", "health", "healthz", "help", "host", "imap", "internal", "invoices",
        "localhost", "login", "logout", "mail", "metrics", "new", "null", "oauth", "openapi", "payments", "pop",
        "privacy", "prod", "production", "registry", "root", "sandbox", "security", "signup", "smtp", "ssh", "ssl",
        "staging", "static", "status", "support", "system", "temporal", "terms", "test", "undefined", "webhook",
        "webhooks", "www",
    };

    private static readonly string[] First =
    [
        "real", "new", "blue", "calm", "deep", "early", "fair", "glad", "high", "icy", "just", "kind", "late", "mild",
        "neat", "open", "pale", "quick", "red", "shy", "tall", "vast", "warm", "young", "bold", "crisp", "dry", "even",
    ];

    private static readonly string[] Second =
    [
        "hasty", "sunny", "windy", "gentle", "brave", "clever", "dusty", "eager", "frosty", "golden", "happy",
        "jolly", "lively", "misty", "noble", "orange", "proud", "quiet", "rapid", "silver", "tidy", "useful", "vivid",
        "wild", "amber", "bright", "cosy", "dapper",
    ];

    private static readonly string[] Third =
    [
        "fruitbat", "otter", "heron", "badger", "cricket", "dolphin", "egret", "falcon", "gecko", "hare", "ibex",
        "jackdaw", "kestrel", "lemur", "marten", "newt", "osprey", "puffin", "quail", "raven", "stoat", "tapir",
        "vole", "walrus", "yak", "zebra", "finch", "lynx",
    ];

    /// <summary>
    /// Reads a name that somebody chose: small letters, digits and hyphens, beginning with a letter. Refuses with
    /// <see cref="Reason.Required"/>, <see cref="Reason.InvalidFormat"/>, or <see cref="Reason.Taken"/> for words that
    /// the platform needs itself.
    /// </summary>
    public static Outcome<AppName> Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return new Refusal(Reason.Required, Field.AppName);
        var name = text.Trim().ToLowerInvariant();
        if (Reserved.Contains(name)) return new Refusal(Reason.Taken, Field.AppName);
        return IsLabel(name) ? new AppName(name) : new Refusal(Reason.InvalidFormat, Field.AppName);
    }

    /// <summary>The form in which names are stored; null for what can be no name at all.</summary>
    public static string? Canonical(string? text) =>
        text?.ToLowerInvariant() is { } name && IsLabel(name) ? name : null;

    /// <summary>A name such as <c>real-hasty-fruitbat</c>; when <paramref name="crowded"/>, with a number.</summary>
    public static AppName AtRandom(bool crowded)
    {
        var name = string.Join('-', Draw(First), Draw(Second), Draw(Third));
        return new AppName(crowded ? $"{name}-{RandomNumberGenerator.GetInt32(10_000):D4}" : name);
    }

    private static string Draw(string[] words) => words[RandomNumberGenerator.GetInt32(words.Length)];

    private static bool IsLabel(string name) =>
        name.Length is >= Shortest and <= Longest
        && char.IsAsciiLetterLower(name[0])
        && name[^1] != '-'
        && !name.AsSpan(2).StartsWith("--") // kept for encoded names (RFC 5891 4.2.3.1)
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
