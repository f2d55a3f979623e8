using Gatehouse.Platform;

namespace Gatehouse.Features.Tokens;

/// <summary>The public halves of the keys that sign tokens, for whoever checks one without asking us.</summary>
public sealed class ListTokenKeys(TokenKeys keys)
{
    /// <summary>The newest first, with those that do not sign yet and those that sign no more.</summary>
    public async Task<IReadOnlyList<PublishedKey>> Run(CancellationToken stop) =>
        [.. (await keys.List(stop)).Reverse().Select(key => new PublishedKey(key.Id, key.Point.X, key.Point.Y))];
}

/// <summary>A public key (RFC 7517).</summary>
/// <param name="Id">Its thumbprint (RFC 7638).</param>
/// <param name="X">Coordinate, base64url.</param>
/// <param name="Y">Coordinate, base64url.</param>
public sealed record PublishedKey(string Id, string X, string Y);
