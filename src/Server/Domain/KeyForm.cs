using System.Buffers;
using System.Security.Cryptography;

namespace Gatehouse.Domain;

/// <summary>
/// The form of a key: a prefix, 30 random base-62 characters (178 bits), and 6 base-62 characters of CRC-32 over all
/// that stands before them, so that junk is refused without asking the database and scanners can tell a leaked key from
/// noise.
/// </summary>
internal static class KeyForm
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomCharacters = 30;
    private const int ChecksumCharacters = 6;
    private static readonly SearchValues<char> Base62 = SearchValues.Create(Alphabet);

    /// <summary>A new key.</summary>
    public static Secret Generate(string prefix)
    {
        var body = prefix + RandomNumberGenerator.GetString(Alphabet, RandomCharacters);
        return new Secret(body + Checksum(body));
    }

    /// <summary>Says whether a text can be a key with that prefix at all.</summary>
    public static bool Fits(string prefix, string text) =>
        text.Length == prefix.Length + RandomCharacters + ChecksumCharacters
        && text.StartsWith(prefix, StringComparison.Ordinal)
        && text.AsSpan(prefix.Length).IndexOfAnyExcept(Base62) < 0
        && text.EndsWith(Checksum(text[..^ChecksumCharacters]), StringComparison.Ordinal);

    private static string Checksum(string body)
    {
        var rest = Crc32(body);
        Span<char> digits = stackalloc char[ChecksumCharacters];
        for (var i = ChecksumCharacters - 1; i >= 0; i--)
        {
            digits[i] = Alphabet[(int)(rest % 62)];
            rest /= 62;
        }

        return new string(digits);
    }

    /// <summary>The CRC-32 of IEEE 802.3 over ASCII, bit by bit: some forty characters need no table.</summary>
    private static uint Crc32(string text)
    {
        const uint ReversedPolynomial = 0xEDB8_8320;
        var crc = uint.MaxValue;
        foreach (var character in text)
        {
            crc ^= character;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * ReversedPolynomial);
        }

        return ~crc;
    }
}
