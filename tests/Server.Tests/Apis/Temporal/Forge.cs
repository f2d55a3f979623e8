using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Platform;

namespace Gatehouse.Tests.Apis.Temporal;

/// <summary>Takes a token apart and puts it together in ways that only an attacker would.</summary>
internal sealed record Forge(JsonObject Header, JsonObject Claims, string Signature)
{
    public static Forge Of(string token)
    {
        var parts = token.Split('.');
        return new Forge(Read(parts[0]), Read(parts[1]), parts[2]);
    }

    /// <summary>The same with another header.</summary>
    public Forge WithHeader(params IEnumerable<(string Name, JsonNode? Value)> fields) =>
        this with { Header = With(Header, fields) };

    /// <summary>The same with other claims.</summary>
    public Forge WithClaims(params IEnumerable<(string Name, JsonNode? Value)> fields) =>
        this with { Claims = With(Claims, fields) };

    /// <summary>The text that a signature is over.</summary>
    public string Covered => $"{Write(Header)}.{Write(Claims)}";

    /// <summary>With the signature of the original.</summary>
    public string Unsigned => $"{Covered}.{Signature}";

    /// <summary>With any signature.</summary>
    public string Signed(byte[] signature) => $"{Covered}.{Base64Url.EncodeToString(signature)}";

    /// <summary>Signed with a key of one's own.</summary>
    public string SignedBy(ECDsa key, HashAlgorithmName hash, DSASignatureFormat format) =>
        Signed(key.SignData(Encoding.ASCII.GetBytes(Covered), hash, format));

    /// <summary>Signed with the very key that signs real tokens.</summary>
    public string SignedBy(TokenKey key) => Signed(key.Sign(Covered));

    /// <summary>Signed as if the algorithm were HMAC.</summary>
    public string Hashed(byte[] secret) => Signed(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(Covered)));

    private static JsonObject With(JsonObject part, IEnumerable<(string Name, JsonNode? Value)> fields)
    {
        var copy = part.DeepClone().AsObject();
        foreach (var (name, value) in fields) copy[name] = value;
        return copy;
    }

    private static JsonObject Read(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();

    private static string Write(JsonObject part) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
