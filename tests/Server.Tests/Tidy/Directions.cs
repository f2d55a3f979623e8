using static System.StringComparison;

namespace Gatehouse.Tests.Tidy;

/// <summary>That one type mentions another; both by full name, the second with the assembly it comes from.</summary>
internal readonly record struct Reference(string From, string To, string Assembly = Reference.Server)
{
    public const string Server = "Gatehouse.Server";
}

/// <summary>Who may use whom: the tables of ARCHITECTURE.md, and the judgement over a single reference.</summary>
internal sealed record Directions(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Folders,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Features)
{
    private const string Composition = "Program.cs";
    private const string Root = "Gatehouse.";

    /// <summary>What would let a noun reach outside, although it comes with the base library.</summary>
    private static readonly string[] InputAndOutput =
    [
        "System.Console.", "System.Data.", "System.IO.Directory.", "System.IO.File.", "System.IO.FileStream.",
        "System.Diagnostics.Process.", "System.Net.Http.", "System.Net.Mail.", "System.Net.Sockets.",
    ];

    private static readonly string BaseLibrary = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    public static Directions Stated { get; } = Read(
        MarkdownTable.OfArchitecture("folder"),
        MarkdownTable.OfArchitecture("feature"));

    public static Directions Read(MarkdownTable folders, MarkdownTable features) =>
        new(ByName(folders), ByName(features));

    public static string Namespace(string folder) => Root + folder.Replace('/', '.');

    /// <summary>Why the reference is refused, or nothing when it is fine.</summary>
    public string? Refusal(Reference reference)
    {
        var (from, to) = (FolderOf(reference.From), FolderOf(reference.To));
        if (from is null) return "stands in no folder of the table";
        if (from == Composition) return null;
        if (reference.Assembly != Reference.Server) return from == "Domain" ? RefusalOfForeign(reference) : null;
        if (to is null) return "uses what stands in no folder of the table";
        if (from == "Features" && to == "Features") return RefusalOfFeature(reference);
        return from == to || Folders[from].Contains(to) ? null : $"{from} may not use {to}";
    }

    /// <summary>A feature that may reach itself through others, or nothing when the table has no circle.</summary>
    public string? Circle() => Features.Keys.FirstOrDefault(feature => Reach(feature).Contains(feature));

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> ByName(MarkdownTable table) =>
        table.Rows.ToDictionary(row => MarkdownTable.Names(row[0])[0], row => MarkdownTable.Names(row[1]));

    private static bool IsIn(string type, string space) => (type + ".").StartsWith(space + ".", Ordinal);

    private static string? RefusalOfForeign(Reference reference) =>
        !File.Exists(Path.Combine(BaseLibrary, reference.Assembly + ".dll")) ? "Domain uses no package"
        : InputAndOutput.Any(device => (reference.To + ".").StartsWith(device, Ordinal)) ? "Domain does no I/O"
        : null;

    private string? FolderOf(string type) =>
        !type.Contains('.') || IsIn(type, Root + "Program") ? Composition
        : Folders.Keys.FirstOrDefault(folder => IsIn(type, Namespace(folder)));

    private string? RefusalOfFeature(Reference reference)
    {
        var (from, to) = (FeatureOf(reference.From), FeatureOf(reference.To));
        return from == to || (Features.TryGetValue(from, out var allowed) && allowed.Contains(to))
            ? null
            : $"feature {from} may not use feature {to}";
    }

    private static string FeatureOf(string type) => type.Split('.').ElementAtOrDefault(2) ?? "";

    private HashSet<string> Reach(string feature)
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>([feature]);
        while (open.TryDequeue(out var next))
        {
            foreach (var used in Features.GetValueOrDefault(next, []).Where(reached.Add)) open.Enqueue(used);
        }
        return reached;
    }
}
