using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gatehouse.WebConsole.Docs;

/// <summary>
/// The command line as it describes itself: cli.json beside this file is what <c>gatehouse help --json</c> prints, and
/// a test of the command line holds the two against each other.
/// </summary>
/// <param name="Sections">The commands under their headings.</param>
/// <param name="Everywhere">The options that every command has.</param>
/// <param name="ExitCodes">What a run tells the shell.</param>
public sealed record CommandBook(
    IReadOnlyList<CommandSection> Sections,
    IReadOnlyList<CommandOption> Everywhere,
    IReadOnlyList<CommandExit> ExitCodes)
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The book.</summary>
    public static CommandBook Here { get; } = Read();

    private static CommandBook Read()
    {
        using var table = typeof(CommandBook).Assembly.GetManifestResourceStream("docs.cli.json");
        return JsonSerializer.Deserialize<CommandBook>(table!, Strict)!;
    }
}

/// <summary>Commands that belong together.</summary>
public sealed record CommandSection(string Heading, IReadOnlyList<CommandLine> Commands)
{
    /// <summary>Its address on a page.</summary>
    public string Anchor => Heading.ToLowerInvariant().Replace(' ', '-');
}

/// <summary>One command.</summary>
/// <param name="Name">With colons: <c>account:mfa:activate</c>.</param>
/// <param name="Summary">What it does, without a full stop.</param>
/// <param name="Words">What may stand after it.</param>
/// <param name="Options">Its own options.</param>
/// <param name="Aliases">What older versions called it.</param>
public sealed record CommandLine(
    string Name,
    string Summary,
    IReadOnlyList<CommandWord> Words,
    IReadOnlyList<CommandOption> Options,
    IReadOnlyList<string> Aliases)
{
    /// <summary>How it is typed, without the program's name.</summary>
    public string Usage => string.Join(' ', Words.Select(word => word.Name).Prepend(Name));
}

/// <summary>A word after a command; in brackets where it may be missing.</summary>
public sealed record CommandWord(string Name, string Description);

/// <summary>An option, with all its spellings and a word for its value.</summary>
public sealed record CommandOption(string Names, string Description);

/// <summary>An exit status and what it means.</summary>
public sealed record CommandExit(int Number, string Meaning);
