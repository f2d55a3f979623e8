using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Gatehouse.Cli.Output;

/// <summary>
/// JSON as the original client prints it: keys sorted, two spaces, everything beyond ASCII as <c>\u</c>. So a script
/// that compares text keeps working, and nothing in it can move a terminal's cursor.
/// </summary>
internal static class JsonText
{
    private const string Indent = "  ";

    /// <summary>The value on several lines, without a line break at the end.</summary>
    public static string Of(JsonElement value)
    {
        var text = new StringBuilder();
        Write(text, value, "\n");
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement value, string newLine)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).ToArray();
                WriteAll(text, '{', '}', newLine, members, (member, line) =>
                {
                    WriteString(text, member.Name);
                    text.Append(": ");
                    Write(text, member.Value, line);
                });
                break;
            case JsonValueKind.Array:
                var items = value.EnumerateArray().ToArray();
                WriteAll(text, '[', ']', newLine, items, (item, line) => Write(text, item, line));
                break;
            case JsonValueKind.String:
                WriteString(text, value.GetString() ?? "");
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void WriteAll<T>(
        StringBuilder text, char open, char close, string newLine, T[] parts, Action<T, string> write)
    {
        text.Append(open);
        foreach (var (index, part) in parts.Index())
        {
            text.Append(index == 0 ? "" : ",").Append(newLine).Append(Indent);
            write(part, newLine + Indent);
        }

        text.Append(parts.Length == 0 ? "" : newLine).Append(close);
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            text.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                < ' ' or > '~' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => character.ToString(),
            });
        }

        text.Append('"');
    }
}
