using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Gatehouse.Tests.Harness;

/// <summary>An authenticator app, written after RFC 6238 and RFC 4648 alone, without the server's code.</summary>
/// <param name="url">The <c>otpauth:</c> address that it scanned.</param>
public sealed partial class Authenticator(string url)
{
    private const int StepSeconds = 30;
    private const int BitsPerCharacter = 5;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private readonly byte[] secret = Decode(SecretOf().Match(url).Value);

    /// <summary>The code that it shows at a time.</summary>
    public string CodeAt(DateTime at)
    {
        var counter = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, new DateTimeOffset(at).ToUnixTimeSeconds() / StepSeconds);
#pragma warning disable CA5350 // SHA-1 is what RFC 6238 and every app mean.
        var mac = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac.AsSpan(mac[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>A code that is right at no time around another.</summary>
    public string WrongCodeAt(DateTime at)
    {
        var right = new[] { -60, -30, 0, 30, 60 }.Select(seconds => CodeAt(at.AddSeconds(seconds))).ToList();
        return new[] { "000000", "111111", "222222", "333333", "444444", "555555" }
            .First(code => !right.Contains(code));
    }

    private static byte[] Decode(string base32)
    {
        var bits = string.Concat(base32.Select(c =>
            Convert.ToString(Alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(BitsPerCharacter, '0')));
        var octets = bits.Chunk(8).Where(octet => octet.Length == 8);
        return [.. octets.Select(octet => Convert.ToByte(new string(octet), 2))];
    }

    [GeneratedRegex("(?<=[?&]secret=)[A-Z2-7]+", RegexOptions.None, 1000)]
    private static partial Regex SecretOf();
}
