using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>Signs tokens with the key of the moment.</summary>
public sealed class TokenWriter(TokenKeys keys, PublicUrl publicUrl, TimeProvider clock)
{
    /// <summary>A token for a login, from this very second on.</summary>
    public async Task<IssuedToken> Write(
        string userName, PresentedSession session, int accountVersion, CancellationToken stop)
    {
        var (key, now) = (await keys.Signer(stop), clock.UtcNow());
        var token = new AccessToken(
            userName, session.AccountId, session.SessionId, accountVersion, session.LoggedInAt, WholeSecond(now));
        var id = Guid.CreateVersion7(now).ToString("D");
        return new IssuedToken(TokenText.Write(token, key, publicUrl.Base, id), token.ExpiresAt);
    }

    /// <summary>When a token that is written now ends.</summary>
    public DateTime EndOfLife => WholeSecond(clock.UtcNow()) + AccessToken.Life;

    private static DateTime WholeSecond(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}

/// <summary>A token to be handed to its owner.</summary>
/// <param name="Text">The token.</param>
/// <param name="ExpiresAt">The first moment at which it works no more (UTC).</param>
public sealed record IssuedToken(Secret Text, DateTime ExpiresAt);
