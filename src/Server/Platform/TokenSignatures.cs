using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>
/// Form, algorithm and signature of tokens. A signature that was right once stays right, so it is computed once; what
/// ends a token (its time, its login, its key) is nothing that is remembered here.
/// </summary>
public sealed class TokenSignatures(Rarely<TokenKeys> keys, SeenTokens seen)
{
    /// <summary>
    /// What a token says, if we signed it. Refuses with <see cref="Reason.TokenMalformed"/>,
    /// <see cref="Reason.TokenAlgorithm"/> or <see cref="Reason.TokenSignature"/>, in this order.
    /// </summary>
    public async Task<Outcome<SignedToken>> Check(Secret presented, CancellationToken stop)
    {
        if (TokenText.Split(presented.Reveal()) is not { } text) return Reason.TokenMalformed;
        if (seen.Find(presented) is { } known) return known;
        if (text.ReadHeader() is not { } header) return Reason.TokenMalformed;
        if (header.Alg != TokenText.Algorithm) return Reason.TokenAlgorithm;
        var key = await keys.Get().Find(header.Kid, stop);
        if (key is null || !text.IsSignedBy(key)) return Reason.TokenSignature;
        // Signed by us, so it has all claims.
        var token = new SignedToken(text.ReadClaims()!, key.Name);
        seen.Add(presented, token);
        return token;
    }
}

/// <summary>A token that we signed.</summary>
/// <param name="Claims">What it says.</param>
/// <param name="KeyName">The row of the key that signed it.</param>
public sealed record SignedToken(TokenClaims Claims, string KeyName);

/// <summary>The tokens of which this node knows that we signed them, under their hashes.</summary>
public sealed class SeenTokens
{
    private const int Most = 20_000;
    private readonly ConcurrentDictionary<Digest, SignedToken> byDigest = new();

    public SignedToken? Find(Secret token) => byDigest.GetValueOrDefault(Digest.Of(token));

    /// <summary>Bounded: when it is full it starts anew.</summary>
    public void Add(Secret token, SignedToken content)
    {
        if (byDigest.Count >= Most) byDigest.Clear();
        byDigest[Digest.Of(token)] = content;
    }

    /// <summary>SHA-256.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Digest(UInt128 High, UInt128 Low)
    {
        public static Digest Of(Secret token)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(Encoding.UTF8.GetBytes(token.Reveal()), hash);
            return new Digest(
                BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
        }
    }
}
