namespace Gatehouse.Commands;

/// <summary>What the server binary is asked to do: the first word, and the words behind it.</summary>
/// <param name="Name"><c>serve</c> when there is none.</param>
/// <param name="Words">What belongs to the verb.</param>
/// <param name="Options">What belongs to ASP.NET Core's configuration, such as <c>--urls</c>.</param>
public sealed record Verb(string Name, IReadOnlyList<string> Words, string[] Options)
{
    /// <summary>Every verb, with what it does.</summary>
    public static readonly IReadOnlyDictionary<string, string> All =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["serve"] = "run the server",
            ["migrate"] = "bring the database to the shape that this version needs",
            ["demo"] = "show a month in a minute, on a server that is thrown away",
            ["doctor"] = "say whether this installation is healthy, and how many log-ins a second it sustains",
            ["admin"] = "look after accounts; alone it lists what it can do",
        };

    /// <summary>Their names, for a sentence.</summary>
    public static string Names => string.Join(", ", All.Keys);

    public static Verb Parse(string[] args)
    {
        var hasName = args.Length > 0 && !args[0].StartsWith('-');
        var rest = hasName ? args[1..] : args;
        return new Verb(
            hasName ? args[0] : "serve",
            [.. rest.TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal))],
            [.. rest.SkipWhile(word => !word.StartsWith("--", StringComparison.Ordinal))]);
    }
}
