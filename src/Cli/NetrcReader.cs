using System.Text;

namespace Gatehouse.Cli;

/// <summary>A word of a netrc file: where it stands, and what it says without quotes and backslashes.</summary>
internal readonly record struct NetrcWord(int Start, int End, string Value);

/// <summary>One <c>machine</c> or <c>default</c> entry.</summary>
/// <param name="Machine">The host name; null for <c>default</c>.</param>
/// <param name="NameEnd">Where the entry's own name ends: a missing value goes in here.</param>
internal sealed record NetrcEntry(string? Machine, int NameEnd)
{
    public NetrcWord? Login { get; set; }

    public NetrcWord? Password { get; set; }

    /// <summary>Every word of the entry, keywords included.</summary>
    public List<NetrcWord> Words { get; } = [];
}

/// <summary>Finds the entries of a netrc file. Never fails: what it does not know, it passes over.</summary>
internal sealed class NetrcReader
{
    private readonly string text;
    private readonly List<NetrcEntry> entries = [];
    private NetrcEntry? current;
    private int position;

    private NetrcReader(string text) => this.text = text;

    /// <summary>The entries in the order of the file.</summary>
    public static List<NetrcEntry> Read(string text)
    {
        var reader = new NetrcReader(text);
        while (reader.NextWord() is { } keyword)
        {
            if (keyword.Value.StartsWith('#'))
                reader.position = reader.EndOfLine(keyword.Start);
            else
                reader.Take(keyword);
        }

        return reader.entries;
    }

    private void Take(NetrcWord keyword)
    {
        switch (keyword.Value)
        {
            case "machine":
                var name = NextWord() ?? keyword with { Value = "" };
                Begin(new NetrcEntry(name.Value, name.End), keyword, name);
                break;
            case "default":
                Begin(new NetrcEntry(Machine: null, keyword.End), keyword);
                break;
            case "macdef":
                current = null;
                SkipMacro();
                break;
            case "login" or "user" or "password" or "account":
                TakeField(keyword);
                break;
            default:
                current?.Words.Add(keyword);
                break;
        }
    }

    private void Begin(NetrcEntry entry, params ReadOnlySpan<NetrcWord> words)
    {
        current = entry;
        entry.Words.AddRange(words);
        entries.Add(entry);
    }

    private void TakeField(NetrcWord keyword)
    {
        current?.Words.Add(keyword);
        if (NextWord() is not { } value || current is null)
            return;

        current.Words.Add(value);
        if (keyword.Value == "password")
            current.Password = value;
        else if (keyword.Value != "account")
            current.Login = value;
    }

    /// <summary>A macro goes on to the first empty line.</summary>
    private void SkipMacro()
    {
        NextWord();
        position = NextLine(position);
        while (position < text.Length && text[position..EndOfLine(position)].TrimEnd('\r').Length > 0)
            position = NextLine(position);
    }

    private NetrcWord? NextWord()
    {
        while (position < text.Length && IsSpace(text[position]))
            position++;
        if (position == text.Length)
            return null;

        var start = position;
        var quoted = text[position] == '"';
        position += quoted ? 1 : 0;
        var value = new StringBuilder();
        while (position < text.Length && !(quoted ? text[position] == '"' : IsSpace(text[position])))
        {
            if (text[position] == '\\' && position + 1 < text.Length)
                position++;
            value.Append(text[position++]);
        }

        position = Math.Min(position + (quoted ? 1 : 0), text.Length);
        return new NetrcWord(start, position, value.ToString());
    }

    private int EndOfLine(int from) => text.IndexOf('\n', from) is >= 0 and var feed ? feed : text.Length;

    private int NextLine(int from) => Math.Min(EndOfLine(from) + 1, text.Length);

    private static bool IsSpace(char character) => character is ' ' or '\t' or '\r' or '\n';
}
