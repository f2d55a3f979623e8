using System.Text;

namespace Gatehouse.Cli;

/// <summary>An e-mail address with the API key that proves it.</summary>
internal sealed record Credentials(string Email, string Key);

/// <summary>
/// The text of a netrc file, edited without touching anything that is not asked for: other entries, comments, macros,
/// order and line endings stay byte for byte.
/// </summary>
/// <remarks>
/// The text has one character for each byte of the file (Latin-1), so that bytes which are not UTF-8 survive; names and
/// values are UTF-8 inside it. The grammar is that of Python's <c>netrc</c> and of curl: words between white space,
/// quoted words, <c>#</c> comments where a keyword could stand, macros up to an empty line.
/// </remarks>
internal sealed class Netrc
{
    private readonly string text;
    private readonly List<NetrcEntry> entries;

    /// <param name="text">The file's content, one character for each byte.</param>
    public Netrc(string text)
    {
        this.text = text;
        entries = NetrcReader.Read(text);
    }

    /// <summary>The file's content, one character for each byte.</summary>
    public override string ToString() => text;

    /// <summary>The first entry for exactly this machine, or null.</summary>
    public Credentials? Find(string machine) => Read(entries.Find(entry => Names(entry, machine)));

    /// <summary>The entry that HTTP libraries use for this machine: its own, else the <c>default</c> one.</summary>
    public Credentials? FindOrDefault(string machine) =>
        Find(machine) ?? Read(entries.Find(entry => entry.Machine is null));

    /// <summary>
    /// With these credentials for the machine: in the place of the ones it had, else in front of the file, where
    /// neither an open macro nor a <c>default</c> entry can swallow them.
    /// </summary>
    /// <exception cref="Failure">A value would not survive in a netrc file.</exception>
    public Netrc With(string machine, Credentials credentials)
    {
        var name = ToBytes(machine);
        var login = ToBytes(credentials.Email);
        var password = ToBytes(credentials.Key);
        if (entries.Find(entry => Names(entry, machine)) is { } existing)
            return new Netrc(Replace(existing, login, password));

        var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        return new Netrc($"machine {name}{end}\tlogin {login}{end}\tpassword {password}{end}{text}");
    }

    /// <summary>Without the entries of this machine that belong to this e-mail address.</summary>
    public Netrc Without(string machine, string email)
    {
        var removed = new bool[text.Length];
        foreach (var entry in entries.Where(entry => Names(entry, machine) && Read(entry)?.Email == email))
        {
            foreach (var word in entry.Words)
                removed.AsSpan(word.Start, EndWithBlanks(word) - word.Start).Fill(true);
        }

        return new Netrc(Keep(removed));
    }

    private static bool Names(NetrcEntry entry, string machine) =>
        entry.Machine is { } name && string.Equals(FromBytes(name), machine, StringComparison.OrdinalIgnoreCase);

    private static Credentials? Read(NetrcEntry? entry) =>
        entry is { Login: { } login, Password: { } password }
            ? new Credentials(FromBytes(login.Value), FromBytes(password.Value))
            : null;

    private string Replace(NetrcEntry entry, string login, string password)
    {
        var edited = new StringBuilder(text);
        (NetrcWord? Old, string Keyword, string Value)[] changes =
            [(entry.Password, "password", password), (entry.Login, "login", login)];

        // From the end towards the start, so that positions stay true.
        foreach (var (old, keyword, value) in changes.OrderByDescending(change => change.Old?.Start ?? entry.NameEnd))
        {
            if (old is { } word)
                edited.Remove(word.Start, word.End - word.Start).Insert(word.Start, value);
            else
                edited.Insert(entry.NameEnd, $" {keyword} {value}");
        }

        return edited.ToString();
    }

    private int EndWithBlanks(NetrcWord word)
    {
        var end = word.End;
        while (end < text.Length && text[end] is ' ' or '\t')
            end++;
        return end;
    }

    /// <summary>What is left, without the lines that the removal emptied.</summary>
    private string Keep(bool[] removed)
    {
        var kept = new StringBuilder(text.Length);
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var feed ? feed + 1 : text.Length;
            var line = string.Concat(Enumerable.Range(start, end - start).Where(i => !removed[i]).Select(i => text[i]));
            if (line.Length == end - start || !string.IsNullOrWhiteSpace(line))
                kept.Append(line);
            start = end;
        }

        return kept.ToString();
    }

    private static string ToBytes(string value)
    {
        if (value.Length == 0 || value.Any(Unfit))
            throw new Failure(ExitCode.Error, "A netrc file holds no white space, quotes, `#` or backslashes safely.");
        return Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(value));
    }

    private static bool Unfit(char character) =>
        char.IsWhiteSpace(character) || char.IsControl(character) || character is '"' or '\'' or '#' or '\\';

    private static string FromBytes(string value) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(value));
}
