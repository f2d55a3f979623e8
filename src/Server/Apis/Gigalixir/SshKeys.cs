using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gatehouse.Domain;
using Gatehouse.Features.SshKeys;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>SSH keys (README, "SSH keys").</summary>
internal static class SshKeys
{
    /// <summary><c>GET /api/ssh_keys</c>.</summary>
    public static Task<IResult> List(HttpContext http, ListSshKeys list, CancellationToken stop) =>
        list.Run(http.Caller(), stop).Answer(keys => Json.Data(keys.Select(SshKeyReply.Of)));

    /// <summary><c>POST /api/ssh_keys</c>: 201, clients take 200 for a failure.</summary>
    public static Task<IResult> Add(HttpContext http, AddSshKey add, CancellationToken stop) =>
        Json.Reading<SshKeyRequest>(http, body => add
            .Run(http.Caller(), body.SshKey, stop)
            .Answer(made => Json.Data(SshKeyReply.Of(made), StatusCodes.Status201Created)));

    /// <summary><c>DELETE /api/ssh_keys</c>: the id is in the body, as a string or a number.</summary>
    public static Task<IResult> Remove(HttpContext http, RemoveSshKey remove, CancellationToken stop) =>
        Json.Reading<SshKeyRequest>(http, body => body.Number is { } id
            ? remove.Run(http.Caller(), id, stop).Answer(Json.Nothing)
            : Task.FromResult(Errors.Answer(new Refusal(Reason.NotFound))));
}

/// <summary>What the routes of this file take, each its own part.</summary>
internal sealed record SshKeyRequest
{
    public string? SshKey { get; init; }

    public JsonElement? Id { get; init; }

    /// <summary>The id as a number, however it was sent; null when it is none.</summary>
    [JsonIgnore]
    public long? Number =>
        long.TryParse(Id?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}

/// <summary>An SSH key as clients know it.</summary>
internal sealed record SshKeyReply(long Id, string Key)
{
    public static SshKeyReply Of(SshKey key) => new(key.Id, key.Text);
}
