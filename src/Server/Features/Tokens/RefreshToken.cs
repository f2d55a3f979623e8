using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Tokens;

/// <summary>
/// Another 24 hours for the login that asks, without a password, until 24 hours after the password was given: 48 in
/// all. The login stays the same one, so ending it ends both tokens.
/// </summary>
public sealed class RefreshToken(Db db, TokenWriter writer, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotLoggedIn"/>, <see cref="Reason.Expired"/>, or
    /// <see cref="Reason.TokenRevoked"/> when the login ended at this moment.
    /// </summary>
    public async Task<Outcome<IssuedToken>> Run(Caller caller, CancellationToken stop)
    {
        if (caller.Session is not { } session) return Reason.NotLoggedIn;
        if (session.LoggedInAt < clock.UtcNow() - AccessToken.Life) return new Refusal(Reason.Expired, Field.Token);
        return await db.Write(() => Refresh(session, stop), stop);
    }

    private async Task<Outcome<IssuedToken>> Refresh(PresentedSession session, CancellationToken stop)
    {
        var end = writer.EndOfLife;
        var extended = await db.Sessions
            .Where(s => s.Id == session.SessionId && s.AccountId == session.AccountId)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.ExpiresAt, end), stop);
        if (extended == 0) return Reason.TokenRevoked;
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == session.AccountId, stop);
        return await writer.Write(account.UserName, session, account.Version, stop);
    }
}
