using System.Text;
using System.Text.RegularExpressions;

namespace Gatehouse.EndToEnd.Tests.Secrets;

/// <summary>
/// Secrets that were used in a test, and their search in whatever must not contain them: as they are, in UTF-16, in
/// base64 (at each of its three alignments), in hexadecimal and percent-encoded.
/// </summary>
internal sealed class Canaries
{
    private readonly Dictionary<string, string> secrets = [];

    /// <summary>How many there are.</summary>
    public int Count => secrets.Count;

    /// <summary>Adds one under a name that may be shown.</summary>
    public void Add(string name, string secret) => secrets.Add(name, secret);

    /// <summary>The names of those that a text contains, in whatever form.</summary>
    public IReadOnlyList<string> In(string text) =>
        [.. secrets.Where(secret => Forms(secret.Value).Any(form => Holds(text, form))).Select(secret => secret.Key)];

    /// <summary>The same for bytes.</summary>
    public IReadOnlyList<string> In(byte[] bytes) => In(Encoding.Latin1.GetString(bytes));

    private static IEnumerable<string> Forms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return Encoding.Latin1.GetString(bytes);
        if (IsCode(secret))
            yield break; // Six digits in another form are too short to be told from chance.
        yield return Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(secret));
        yield return Convert.ToHexString(bytes);
        yield return Convert.ToHexStringLower(bytes);
        yield return Uri.EscapeDataString(secret);
        yield return string.Concat(bytes.Select(b => $"%{b:X2}"));
        foreach (var shift in (int[])[0, 1, 2])
        {
            var text = Convert.ToBase64String([.. new byte[shift], .. bytes]).TrimEnd('=');
            yield return text[(shift == 0 ? 0 : shift + 1)..^1]; // What neighbours cannot change.
        }
    }

    /// <summary>A code counts where it stands alone: times and numbers of requests have six digits too.</summary>
    private static bool Holds(string text, string form) => IsCode(form)
        ? Regex.IsMatch(text, $"(?<![0-9A-Za-z.]){form}(?![0-9A-Za-z])", RegexOptions.None, TimeSpan.FromSeconds(5))
        : text.Contains(form, StringComparison.Ordinal);

    private static bool IsCode(string text) => text.Length == 6 && text.All(char.IsAsciiDigit);
}
