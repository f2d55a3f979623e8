using System.Text.Json;
using Gatehouse.Cli.Output;

namespace Gatehouse.Cli.Api;

/// <summary>
/// The <c>errors</c> of a reply as people read them: a field's predicate becomes a sentence (<c>email</c> and
/// <c>has invalid format</c>: "Email has invalid format."), the empty field holds whole sentences.
/// </summary>
/// <param name="errors">An object of arrays of strings; anything else counts as nothing said.</param>
internal sealed class ErrorText(JsonElement? errors)
{
    private readonly (string Field, string Text)[] all = [.. Read(errors)];

    /// <summary>Whether the server said nothing.</summary>
    public bool IsEmpty => all.Length == 0;

    /// <summary>Whether the server said something about this field.</summary>
    public bool Concern(string field) => all.Any(error => error.Field == field);

    /// <summary>Whether this is one of the whole sentences that the server said.</summary>
    public bool Says(string sentence) => all.Any(error => error.Field.Length == 0 && error.Text == sentence);

    /// <summary>Whether a sentence of the server's has these words in it.</summary>
    public bool Mention(string words) => all.Any(error => error.Text.Contains(words, StringComparison.Ordinal));

    /// <summary>Whether the log-in is too old for what was asked, so that the password is needed.</summary>
    public bool AskForLogIn => all.Any(error =>
        error.Field.Length == 0 && error.Text.Contains("log in again", StringComparison.OrdinalIgnoreCase));

    /// <summary>One sentence a line.</summary>
    public override string ToString() => string.Join('\n', all.Select(Sentence));

    private static IEnumerable<(string Field, string Text)> Read(JsonElement? errors)
    {
        if (errors is not { ValueKind: JsonValueKind.Object } fields)
            return [];

        return
            from field in fields.EnumerateObject()
            where field.Value.ValueKind == JsonValueKind.Array
            from text in field.Value.EnumerateArray()
            where text.ValueKind == JsonValueKind.String
            select (field.Name, text.GetString()!);
    }

    private static string Sentence((string Field, string Text) error)
    {
        var sentence = Words.Capitalised(PlainText.Line($"{Words.Label(error.Field)} {error.Text}"));
        return sentence is "" or [.., '.' or '!' or '?'] ? sentence : $"{sentence}.";
    }
}
