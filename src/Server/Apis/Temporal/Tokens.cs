using System.Text.Json.Serialization;
using Gatehouse.Features.Tokens;

namespace Gatehouse.Apis.Temporal;

/// <summary>The keys behind the tokens, for programs that check them on their own (RFC 7517).</summary>
internal static class Tokens
{
    /// <summary><c>GET /.well-known/jwks.json</c>.</summary>
    public static async Task<IResult> ListKeys(HttpContext http, ListTokenKeys list, CancellationToken stop)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        return Json.Whole(new KeysReply([.. (await list.Run(stop)).Select(KeyReply.Of)]));
    }
}

/// <summary>A JWK set.</summary>
internal sealed record KeysReply([property: JsonPropertyName("keys")] IReadOnlyList<KeyReply> Keys);

/// <summary>One public key.</summary>
internal sealed record KeyReply(
    [property: JsonPropertyName("kty")] string Type,
    [property: JsonPropertyName("crv")] string Curve,
    [property: JsonPropertyName("x")] string X,
    [property: JsonPropertyName("y")] string Y,
    [property: JsonPropertyName("kid")] string Id,
    [property: JsonPropertyName("alg")] string Algorithm,
    [property: JsonPropertyName("use")] string Use)
{
    public static KeyReply Of(PublishedKey key) => new("EC", "P-256", key.X, key.Y, key.Id, "ES256", "sig");
}
