using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Tokens;

/// <summary>
/// Finds out who presents a token. Form, algorithm, signature and time are judged without the database; what is left
/// costs one read of account, login and key together, so whatever ended one of them counts on every node at once.
/// </summary>
public sealed class CheckToken(Db db, TokenKeys keys, Settings settings, TimeProvider clock)
{
    private static readonly TimeSpan SightGranularity = TimeSpan.FromHours(1);

    /// <summary>
    /// The caller with the login. Refuses with <see cref="Reason.TokenMalformed"/>,
    /// <see cref="Reason.TokenAlgorithm"/>, <see cref="Reason.TokenSignature"/>, <see cref="Reason.Expired"/>,
    /// <see cref="Reason.TokenRevoked"/> or <see cref="Reason.AccountDisabled"/>, in this order.
    /// </summary>
    public async Task<Outcome<Caller>> Run(Caller visitor, Secret presented, CancellationToken stop)
    {
        if (TokenText.Split(presented.Reveal()) is not { } text) return Reason.TokenMalformed;
        if (text.ReadHeader() is not { } header) return Reason.TokenMalformed;
        if (header.Alg != TokenText.Algorithm) return Reason.TokenAlgorithm;
        var key = await keys.Find(header.Kid, stop);
        if (key is null || !text.IsSignedBy(key)) return Reason.TokenSignature;
        // Signed by us, so it has all claims.
        var (claims, now) = (text.ReadClaims()!, clock.UtcNow());
        if (claims.Exp <= new DateTimeOffset(now).ToUnixTimeSeconds()) return new Refusal(Reason.Expired, Field.Token);
        return await Compare(visitor, claims, key.Name, now, stop);
    }

    private async Task<Outcome<Caller>> Compare(
        Caller visitor, TokenClaims claims, string keyName, DateTime now, CancellationToken stop)
    {
        var found = await db.Accounts.AsNoTracking()
            .Where(a => a.Id == claims.Sub && a.ClosedAt == null)
            .Select(a => new Found(
                a.Version,
                a.EmailConfirmedAt != null,
                db.Sessions.SingleOrDefault(s => s.Id == claims.Sid && s.AccountId == a.Id && s.ExpiresAt > now),
                db.InstallationSecrets.Any(row => row.Name == keyName)))
            .SingleOrDefaultAsync(stop);
        if (found is null || IsUnwanted(found)) return Reason.AccountDisabled;
        if (!found.IsKeyThere || found.Version != claims.Ver || found.Session is not { } session)
            return Reason.TokenRevoked;
        if (session.LastSeenAt <= now - SightGranularity) await NoteSight(session.Id, now, stop);
        return visitor with { Session = new PresentedSession(claims.Sub, session.Id, session.CreatedAt) };
    }

    private bool IsUnwanted(Found found) => settings.Accounts.ConfirmBeforeV2Login && !found.IsConfirmed;

    private Task<int> NoteSight(Guid id, DateTime now, CancellationToken stop) => db.Write(
        () => db.Sessions.Where(s => s.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, now), stop),
        stop);

    private sealed record Found(int Version, bool IsConfirmed, Session? Session, bool IsKeyThere);
}
