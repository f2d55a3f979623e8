using System.Security.Cryptography;
using System.Text;
using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>
/// The one key of an installation. Everything encrypted at rest and every keyed hash hangs on it, each purpose through
/// a key of its own (HKDF, RFC 5869), so no two uses can be played against each other.
/// </summary>
public sealed class MasterKey
{
    /// <summary>Its length.</summary>
    public const int Bytes = 32;

    // A random key has about 30 different bytes of 32; fewer than 16 never happens by chance.
    private const int FewestDifferentBytes = 16;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] encryption;
    private readonly Dictionary<HashPurpose, byte[]> hashing;

    private MasterKey(byte[] key)
    {
        encryption = Derive(key, "encryption");
        hashing = Enum.GetValues<HashPurpose>()
            .ToDictionary(purpose => purpose, purpose => Derive(key, $"hash {purpose}"));
    }

    /// <summary>Reads a key of 32 bytes in base64; null when it is none, or one that no generator made.</summary>
    public static MasterKey? Parse(Secret text)
    {
        var key = new byte[Bytes];
        var isKey = Convert.TryFromBase64String(text.Reveal().Trim(), key, out var length) && length == Bytes;
        return isKey && key.Distinct().Count() >= FewestDifferentBytes ? new MasterKey(key) : null;
    }

    /// <summary>A new key, in base64.</summary>
    public static Secret Generate() => new(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>HMAC-SHA-256 of a text under the key of one purpose (RFC 2104).</summary>
    public byte[] Hash(HashPurpose purpose, string text) =>
        HMACSHA256.HashData(hashing[purpose], Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// An id that stands for an identifier which belongs to nobody, so that work can be done for it as for an account.
    /// </summary>
    public Guid StandIn(string subject) => new(Hash(HashPurpose.Counter, $"stand-in {subject}").AsSpan(0, 16));

    /// <summary>Encrypts with AES-256-GCM; <paramref name="context"/> must be the same to open it.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, string context)
    {
        var box = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = box.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(encryption, TagBytes);
        var content = box.AsSpan(NonceBytes, plain.Length);
        aes.Encrypt(nonce, plain, content, box.AsSpan(box.Length - TagBytes), Encoding.UTF8.GetBytes(context));
        return box;
    }

    /// <summary>Opens what <see cref="Seal"/> made; throws when key, content or context are not the same.</summary>
    public byte[] Open(ReadOnlySpan<byte> box, string context)
    {
        if (box.Length < NonceBytes + TagBytes) throw new CryptographicException("Too short to be sealed.");
        var plain = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(encryption, TagBytes);
        aes.Decrypt(
            box[..NonceBytes], box[NonceBytes..^TagBytes], box[^TagBytes..], plain, Encoding.UTF8.GetBytes(context));
        return plain;
    }

    private static byte[] Derive(byte[] key, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, Bytes, info: Encoding.UTF8.GetBytes($"gatehouse {purpose}"));
}

/// <summary>What a keyed hash is for.</summary>
public enum HashPurpose
{
    /// <summary>Tells whether a key belongs to a database.</summary>
    Check,

    /// <summary>API keys.</summary>
    ApiKey,

    /// <summary>Codes, link tokens and sign-up handles.</summary>
    OneTimeToken,

    /// <summary>Addresses and networks in counters.</summary>
    Counter,

    /// <summary>Addresses and cards of those who used a promo code.</summary>
    Promo,

    /// <summary>Fingerprints of cards.</summary>
    Card,

    /// <summary>What a login at an OpenID provider is tied together with.</summary>
    ProviderVisit,

    /// <summary>Keys by which the platform reports.</summary>
    ServiceKey,
}
