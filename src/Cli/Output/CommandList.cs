using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gatehouse.Cli.Output;

/// <summary>
/// The whole help as data: <c>help --json</c>. Scripts may read it, and the pages of the server are made from it, which
/// shares no code with this program.
/// </summary>
internal static class CommandList
{
    /// <summary>Every command under its heading, the options that all of them have, and the exit codes.</summary>
    public static JsonElement Of(Command root, GlobalOptions options) => JsonElement.Parse(new JsonObject
    {
        ["everywhere"] = Options(options.All),
        ["exit_codes"] = List(ExitCode.All, code => new JsonObject
        {
            ["meaning"] = code.Meaning,
            ["number"] = code.Number,
        }),
        ["sections"] = List(CommandTree.Sections, section => new JsonObject
        {
            ["commands"] = List(section.Commands, entry => Describe(Verb(root, entry))),
            ["heading"] = section.Heading,
        }),
    }.ToJsonString());

    private static Verb Verb(Command root, CommandEntry entry) =>
        (Verb)root.Subcommands.First(command => command.Name == entry.Name);

    private static JsonObject Describe(Verb verb) => new()
    {
        ["aliases"] = List(verb.Entry.Aliases, alias => JsonValue.Create(alias)),
        ["name"] = verb.Entry.Name,
        ["options"] = Options(verb.Options.Where(option => !option.Hidden)),
        ["summary"] = verb.Entry.Summary,
        ["words"] = List(verb.Arguments, word => new JsonObject
        {
            ["description"] = word.Description ?? "",
            ["name"] = HelpPage.Placeholder(word),
        }),
    };

    private static JsonArray Options(IEnumerable<Option> options) => List(options.Select(HelpPage.Row), row =>
        new JsonObject { ["description"] = row.Description, ["names"] = row.Names });

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> write) => [.. items.Select(write)];
}
