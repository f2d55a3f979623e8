using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gatehouse.Data;

namespace Gatehouse.Platform;

/// <summary>
/// One key that signs tokens: ECDSA over P-256 with SHA-256 (ES256, RFC 7518 3.4). Held as parameters, because the
/// framework's key objects may not be used by two threads at once.
/// </summary>
/// <param name="Name">The row it is stored in; ends in its number.</param>
/// <param name="Parameters">The key pair.</param>
/// <param name="SignsFrom">When it takes over (UTC); published since it was made.</param>
public sealed record TokenKey(string Name, ECParameters Parameters, DateTime SignsFrom)
{
    /// <summary>How the rows are named.</summary>
    public const string Prefix = "token-key ";

    /// <summary>Its public name: the thumbprint of RFC 7638.</summary>
    public string Id { get; } = Thumbprint(Parameters.Q);

    /// <summary>Its number; the next key has the next one.</summary>
    public int Number => NumberOf(Name);

    /// <summary>The point's coordinates as a JWK has them (RFC 7518 6.2.1).</summary>
    public (string X, string Y) Point => (Encode(Parameters.Q.X), Encode(Parameters.Q.Y));

    /// <summary>A new key with a number.</summary>
    public static TokenKey Generate(int number, DateTime signsFrom)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new TokenKey($"{Prefix}{number:D6}", pair.ExportParameters(includePrivateParameters: true), signsFrom);
    }

    /// <summary>Signs a text; the signature is r and s, one behind the other.</summary>
    public byte[] Sign(string text)
    {
        using var pair = ECDsa.Create(Parameters);
        return pair.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256);
    }

    /// <summary>Says whether a signature is this key's over a text.</summary>
    public bool Verifies(string text, byte[] signature)
    {
        using var pair = ECDsa.Create(PublicPart);
        return pair.VerifyData(Encoding.ASCII.GetBytes(text), signature, HashAlgorithmName.SHA256);
    }

    /// <summary>The key as it is stored, sealed under the master key and bound to its row.</summary>
    public InstallationSecret Seal(MasterKey master, DateTime now)
    {
        using var pair = ECDsa.Create(Parameters);
        var content = JsonSerializer.SerializeToUtf8Bytes(new Content(pair.ExportPkcs8PrivateKey(), SignsFrom));
        return new InstallationSecret { Name = Name, Sealed = master.Seal(content, Name), CreatedAt = now };
    }

    /// <summary>Opens what <see cref="Seal"/> made.</summary>
    public static TokenKey Open(MasterKey master, InstallationSecret row)
    {
        var content = JsonSerializer.Deserialize<Content>(master.Open(row.Sealed, row.Name))!;
        using var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(content.Pkcs8, out _);
        return new TokenKey(row.Name, pair.ExportParameters(includePrivateParameters: true), content.SignsFrom);
    }

    private ECParameters PublicPart => new() { Curve = Parameters.Curve, Q = Parameters.Q };

    private static int NumberOf(string name) =>
        int.Parse(name.AsSpan(Prefix.Length), System.Globalization.CultureInfo.InvariantCulture);

    private static string Thumbprint(ECPoint point) => Encode(SHA256.HashData(Encoding.ASCII.GetBytes(
        $$"""{"crv":"P-256","kty":"EC","x":"{{Encode(point.X)}}","y":"{{Encode(point.Y)}}"}""")));

    private static string Encode(byte[]? bytes) => Base64Url.EncodeToString(bytes);

    private sealed record Content(byte[] Pkcs8, DateTime SignsFrom);
}
