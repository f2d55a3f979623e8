using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gatehouse.WebConsole.Docs;

/// <summary>What the languages have in common: texts with variables in them, and lines that are indented.</summary>
internal static partial class SampleText
{
    private static readonly JsonSerializerOptions OneLine = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions ManyLines = new(OneLine) { WriteIndented = true };

    /// <summary>A string literal that every language of ours reads the same, save the shell.</summary>
    public static string Quote(string text) => JsonSerializer.Serialize(text, OneLine);

    /// <summary>JSON on one line, with blanks where people put them.</summary>
    public static string Inline(JsonNode? value) => value switch
    {
        JsonObject fields when fields.Count > 0 =>
            $"{{{string.Join(", ", fields.Select(field => $"{Quote(field.Key)}: {Inline(field.Value)}"))}}}",
        JsonArray items => $"[{string.Join(", ", items.Select(Inline))}]",
        null => "null",
        _ => value.ToJsonString(OneLine),
    };

    /// <summary>JSON as people read it: on one line where it fits.</summary>
    public static string Pretty(JsonNode? value) =>
        Inline(value) is { Length: <= 80 } line ? line : value!.ToJsonString(ManyLines);

    /// <summary>An expression of literals and variables, joined by a plus sign.</summary>
    public static string Join(string text, Func<string, string> variable)
    {
        var parts = Variable().Split(text).Index()
            .Where(part => part.Item != "")
            .Select(part => part.Index % 2 == 0 ? Quote(part.Item) : variable(part.Item));
        return text == "" ? "\"\"" : string.Join(" + ", parts);
    }

    /// <summary>A JSON value as an expression.</summary>
    /// <param name="value">The value.</param>
    /// <param name="variable">How the language reads a variable.</param>
    /// <param name="array">How it writes a list of expressions.</param>
    /// <param name="record">How it writes names with their expressions.</param>
    public static string Express(
        JsonNode? value,
        Func<string, string> variable,
        Func<IEnumerable<string>, string> array,
        Func<IEnumerable<(string Name, string Value)>, string> record) => value switch
        {
            JsonObject fields => record(fields.Select(
                field => (field.Key, Express(field.Value, variable, array, record)))),
            JsonArray items => array(items.Select(item => Express(item, variable, array, record))),
            JsonValue text when text.GetValueKind() == JsonValueKind.String => Join(text.GetValue<string>(), variable),
            null => "null",
            _ => value.ToJsonString(OneLine),
        };

    /// <summary>The variables that a sample uses.</summary>
    public static IReadOnlyList<string> VariablesOf(Sample sample)
    {
        string[] credentials = sample.Auth switch
        {
            "key" => ["$EMAIL", "$KEY"],
            "password" => ["$EMAIL", "$PASSWORD"],
            "token" => ["$TOKEN"],
            _ => [],
        };
        var all = string.Join(' ', [.. credentials, sample.Path, Inline(sample.Json), .. sample.Form.Values]);
        var names = Variable().Matches(all).Select(match => match.Groups["name"].Value);
        return [.. names.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Appends a text that is whole: nothing in it depends on a culture.</summary>
    public static StringBuilder Add(this StringBuilder text, string more) => text.Append(more);

    /// <summary>Every line, so much further to the right.</summary>
    public static string Indent(string text, string by) => text.Replace("\n", "\n" + by, StringComparison.Ordinal);

    /// <summary><c>Post</c> for <c>POST</c>.</summary>
    public static string Capitalized(string method) =>
        CultureInfo.InvariantCulture.TextInfo.ToTitleCase(method.ToLowerInvariant());

    [GeneratedRegex(@"\$(?<name>[A-Z][A-Z_]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
