using Gatehouse.Domain;
using Gatehouse.Features.ApiKeys;
using Gatehouse.Features.Credentials;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>API keys (README, "API keys").</summary>
internal static class ApiKeys
{
    /// <summary>
    /// <c>POST /api/api_keys/regenerate</c>. The original sends the password in the query, ours in the body; neither is
    /// ever logged.
    /// </summary>
    public static Task<IResult> Reset(HttpContext http, ResetApiKeys reset, CancellationToken stop) =>
        Json.Reading<ApiKeyRequest>(http, body => reset
            .Run(http.Caller(), body.ProofOr(http.Request.Query["current_password"]), stop)
            .Answer(key => Json.Data(new KeyReply(key.Reveal()), StatusCodes.Status201Created)));

    /// <summary><c>GET /api/account_keys</c>.</summary>
    public static Task<IResult> List(HttpContext http, ListApiKeys list, CancellationToken stop) =>
        list.Run(http.Caller(), stop).Answer(keys => Json.Data(keys.Select(key => ListedKeyReply.Of(key))));

    /// <summary><c>POST /api/account_keys</c>.</summary>
    public static Task<IResult> Create(HttpContext http, CreateApiKey create, CancellationToken stop) =>
        Json.Reading<ApiKeyRequest>(http, body => create
            .Run(http.Caller(), new WantedKey(body.Name, body.Scopes, body.ExpiresAt), body.ProofOr(null), stop)
            .Answer(made => Json.Data(ListedKeyReply.Of(made.Listed, made.Key), StatusCodes.Status201Created)));

    /// <summary><c>DELETE /api/account_keys/{name}</c>.</summary>
    public static Task<IResult> Revoke(HttpContext http, string name, RevokeApiKey revoke, CancellationToken stop) =>
        Json.Reading<ApiKeyRequest>(http, body => revoke
            .Run(http.Caller(), name, body.ProofOr(null), stop)
            .Answer(Json.Nothing));
}

/// <summary>What the routes of this file take, each its own part.</summary>
internal sealed record ApiKeyRequest
{
    public string? Name { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    public string? ExpiresAt { get; init; }

    public string? CurrentPassword { get; init; }

    public string? MfaToken { get; init; }

    /// <summary>The proof of the body, or of an address, where the wire has it.</summary>
    internal Proof ProofOr(string? password) => new(CurrentPassword ?? password, MfaToken);
}

/// <summary>A new key.</summary>
internal sealed record KeyReply(string Key);

/// <summary>A key as lists show it; the key itself only in the reply that made it.</summary>
internal sealed record ListedKeyReply(
    string Name,
    DateTime CreatedAt,
    DateTime? LastUsedAt,
    DateTime? ExpiresAt,
    IReadOnlyList<string> Scopes,
    bool Current,
    string? Key)
{
    public static ListedKeyReply Of(ListedKey key, Secret? text = null) => new(
        key.Name, key.CreatedAt, key.LastUsedAt, key.ExpiresAt, key.Scopes, key.IsPresented, text?.Reveal());
}
