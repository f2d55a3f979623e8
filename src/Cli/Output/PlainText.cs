using System.Globalization;
using System.Text;

namespace Gatehouse.Cli.Output;

/// <summary>Makes text from elsewhere harmless to a terminal.</summary>
internal static class PlainText
{
    /// <summary>
    /// The text without control characters (escape sequences become inert) and without invisible characters that
    /// reorder what is read. Line breaks and tabs stay.
    /// </summary>
    public static string Of(string text)
    {
        if (!text.Any(Dangerous))
            return text;

        var plain = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (!Dangerous(character))
                plain.Append(character);
        }

        return plain.ToString();
    }

    /// <summary>The same on one line.</summary>
    public static string Line(string text) => Of(text).ReplaceLineEndings(" ").Replace('\t', ' ').Trim();

    private static bool Dangerous(char character) =>
        (char.IsControl(character) && character is not ('\n' or '\t'))
        || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;
}
