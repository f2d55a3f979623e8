using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Domain;

/// <summary>A public key with which its owner reaches the platform's git and machines.</summary>
public sealed class SshKey
{
    /// <summary>The most keys an account may have.</summary>
    public const int MostPerAccount = 50;

    private const int Longest = 16_384;
    private static readonly string[] Types =
    [
        "ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
    ];

    private SshKey()
    {
    }

    /// <summary>A number, because clients of the wire take it for one.</summary>
    public long Id { get; private set; }

    public Guid AccountId { get; private set; }

    /// <summary>The line as its owner gave it: type, key, comment.</summary>
    public string Text { get; private set; } = "";

    /// <summary>SHA-256 of the key without its comment; unique within the account.</summary>
    public byte[] Fingerprint { get; private set; } = [];

    public DateTime CreatedAt { get; private set; }

    /// <summary>
    /// Reads a line of OpenSSH's format (sshd(8), AUTHORIZED_KEYS); refuses with <see cref="Reason.InvalidFormat"/>.
    /// </summary>
    public static Outcome<SshKey> Parse(string? text, Guid accountId, DateTime now)
    {
        var line = text?.Trim();
        if (string.IsNullOrEmpty(line)) return new Refusal(Reason.Required, Field.SshKey);
        if (line.Length > Longest || line.Any(char.IsControl)) return Malformed;
        var parts = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2 || !Types.Contains(parts[0], StringComparer.Ordinal)) return Malformed;
        if (BlobOf(parts[0], parts[1]) is not { } blob) return Malformed;
        return new SshKey
        {
            AccountId = accountId,
            Text = line,
            Fingerprint = SHA256.HashData(blob),
            CreatedAt = now,
        };
    }

    private static Refusal Malformed => new(Reason.InvalidFormat, Field.SshKey);

    /// <summary>The key's bytes, which repeat its type (RFC 4253 6.6); null when they do not.</summary>
    private static byte[]? BlobOf(string type, string base64)
    {
        if (!Base64.IsValid(base64)) return null;
        var blob = Convert.FromBase64String(base64);
        byte[] head = [0, 0, 0, (byte)type.Length, .. Encoding.ASCII.GetBytes(type)];
        return blob.Length > head.Length && blob.AsSpan().StartsWith(head) && IsWhole(blob) ? blob : null;
    }

    /// <summary>
    /// Says whether bytes are fields with their lengths before them (RFC 4251 section 5) and nothing else: a key that
    /// was cut off when it was copied is none, and nothing behind it makes the same key another one.
    /// </summary>
    private static bool IsWhole(ReadOnlySpan<byte> rest)
    {
        while (BinaryPrimitives.TryReadUInt32BigEndian(rest, out var length))
        {
            rest = rest[sizeof(uint)..];
            if (length == 0 || length > rest.Length) return false;
            rest = rest[(int)length..];
        }

        return rest.IsEmpty;
    }
}
