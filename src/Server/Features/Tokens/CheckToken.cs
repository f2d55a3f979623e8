using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Tokens;

/// <summary>
/// Finds out who presents a token. Form, algorithm, signature and time are judged without the database; what is left
/// costs one read of account, login and key together, so whatever ended one of them counts on every node at once.
/// </summary>
public sealed class CheckToken(
    HotReads reads, TokenSignatures signatures, Rarely<Db> rarely, Settings settings, TimeProvider clock)
{
    private static readonly TimeSpan SightGranularity = TimeSpan.FromHours(1);

    /// <summary>
    /// The caller with the login, <paramref name="withFacts"/> with its account's as well. Refuses with
    /// <see cref="Reason.TokenMalformed"/>, <see cref="Reason.TokenAlgorithm"/>, <see cref="Reason.TokenSignature"/>,
    /// <see cref="Reason.Expired"/>, <see cref="Reason.TokenRevoked"/> or <see cref="Reason.AccountDisabled"/>, in this
    /// order.
    /// </summary>
    public async Task<Outcome<Caller>> Run(Caller visitor, Secret presented, bool withFacts, CancellationToken stop)
    {
        if (!(await signatures.Check(presented, stop)).Is(out var token, out var refusal)) return refusal;
        var (claims, now) = (token.Claims, clock.UtcNow());
        if (claims.Exp <= new DateTimeOffset(now).ToUnixTimeSeconds()) return new Refusal(Reason.Expired, Field.Token);
        var claim = new ClaimedLogin(claims.Sub, claims.Sid, token.KeyName);
        var found = await reads.FindLogin(claim, withFacts, now, stop);
        if (found is null || IsUnwanted(found)) return Reason.AccountDisabled;
        if (!found.IsKeyThere || found.Version != claims.Ver || found.Session is not { } session)
            return Reason.TokenRevoked;
        if (session.LastSeenAt <= now - SightGranularity) await NoteSight(session.Id, now, stop);
        return visitor with
        {
            Session = new PresentedSession(claims.Sub, session.Id, session.CreatedAt),
            Facts = found.Facts,
        };
    }

    private bool IsUnwanted(FoundLogin found) => settings.Accounts.ConfirmBeforeV2Login && !found.IsConfirmed;

    private Task<int> NoteSight(Guid id, DateTime now, CancellationToken stop)
    {
        var db = rarely.Get();
        return db.Write(
            () => db.Sessions.Where(s => s.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, now), stop),
            stop);
    }
}
