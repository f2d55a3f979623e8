using System.CommandLine;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gatehouse.Cli.Output;

/// <summary>The pages of the help: of the program, of a group of commands, of a command, of the exit codes.</summary>
internal static class HelpPage
{
    private static readonly Style Heading = new(decoration: Decoration.Bold);

    /// <summary>A heading with two columns under it.</summary>
    private sealed record Section(string Title, IReadOnlyList<(string Left, string Right)> Rows)
    {
        public Section(string title, IEnumerable<string> lines)
            : this(title, [.. lines.Select(line => (line, ""))])
        {
        }
    }

    /// <summary>Of a command, a group of commands or the whole program.</summary>
    public static IRenderable Of(Command command, string program, GlobalOptions options) =>
        command is Verb verb ? OfVerb(verb, program, options) : OfGroup(command, program, options);

    /// <summary>Of the exit codes.</summary>
    public static IRenderable OfExitCodes() => Page(new Section(
        "Exit codes", [.. ExitCode.All.Select(code => ($"{code.Number}", Words.Capitalised(code.Meaning)))]));

    private static Rows OfGroup(Command group, string program, GlobalOptions options) => new(
        Page([
            new Section("Usage", [$"{program} COMMAND [options]"]),
            .. CommandTree.Sections.Select(section =>
                new Section(section.Heading, Commands(section.Commands, Path(group)))),
            new Section("Everywhere", [.. options.All.Select(Row)]),
        ]),
        new Text($"\n`{program} help COMMAND` explains a command, `{program} help exit-codes` the exit codes."));

    private static Rows OfVerb(Verb verb, string program, GlobalOptions options)
    {
        var (name, aliases) = (verb.Entry.Name, verb.Entry.Aliases);
        var own = verb.Options.Where(option => !option.Hidden).Select(Row).ToArray();
        var words = string.Concat(verb.Arguments.Select(word => $" {Placeholder(word)}"));
        return new Rows(
            new Text($"{verb.Entry.Summary}.\n"),
            Page(
                new Section("Usage", [$"{program} {name}{words}{(own.Length > 0 ? " [options]" : "")}"]),
                new Section("Also written", name.Contains(':') ? [name.Replace(':', ' '), .. aliases] : aliases),
                new Section("Words", [.. verb.Arguments.Select(word => (Placeholder(word), word.Description ?? ""))]),
                new Section("Options", own),
                new Section("Everywhere", [.. options.All.Select(Row)])));
    }

    private static Rows Page(params IEnumerable<Section> sections)
    {
        var shown = sections.Where(section => section.Rows.Count > 0).ToArray();
        var width = shown.Max(section => section.Rows.Max(row => row.Right.Length > 0 ? row.Left.Length : 0));
        return new Rows(shown.SelectMany((section, index) => new IRenderable[]
        {
            new Text($"{(index == 0 ? "" : "\n")}{section.Title}", Heading),
            Table(section, width),
        }));
    }

    private static Grid Table(Section section, int width)
    {
        var grid = new Grid()
            .AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(3))
            .AddColumn(new GridColumn().PadLeft(0).PadRight(0));
        foreach (var (left, right) in section.Rows)
            grid.AddRow(new Text(left.PadRight(width), Color.Teal), new Text(right));
        return grid;
    }

    private static (string Name, string Summary)[] Commands(CommandEntry[] entries, string path) =>
    [
        .. from entry in entries
           where entry.Name.StartsWith(path, StringComparison.Ordinal)
           select (entry.Name, entry.Summary),
    ];

    /// <summary>An option: how it is written, the short form first, and what it does.</summary>
    internal static (string Names, string Description) Row(Option option)
    {
        var names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(name => name.Length));
        return (option.HelpName is { } value ? $"{names} {value}" : names, option.Description ?? "");
    }

    /// <summary>A word after a command; in brackets where it may be missing.</summary>
    internal static string Placeholder(Argument word) =>
        word.Arity.MinimumNumberOfValues == 0 ? $"[{word.Name}]" : word.Name;

    /// <summary>The words that lead to a group, each with its colon; none for the whole program.</summary>
    private static string Path(Command group) =>
        group.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)}{group.Name}:" : "";
}
