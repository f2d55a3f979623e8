using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Features.Sessions;

/// <summary>
/// The login of a browser, under a reference that nobody knew before: whatever was planted in the browser stays
/// worthless. Runs in the caller's transaction, behind an entry of the audit log.
/// </summary>
public sealed class StartWebSession(Db db, MasterKey key, TimeProvider clock)
{
    /// <summary>The reference, of 256 random bits; only its keyed hash is stored. Never refuses.</summary>
    /// <param name="caller">Who logs in.</param>
    /// <param name="accountId">Whose login it is.</param>
    /// <param name="remember">Whether it outlives the browser.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<WebLogin> Run(Caller caller, Guid accountId, bool remember, CancellationToken stop)
    {
        var (reference, now) = (OneTimeToken.NewLink(), clock.UtcNow());
        var end = now + (remember ? Session.RememberedLife : Session.WebIdle);
        var hash = key.HashOfSession(reference.Reveal());
        await db.MakeRoomForSession(accountId, stop);
        var session = Session.Start(accountId, SessionKind.Web, hash, caller, (now, end));
        db.Sessions.Add(remember ? session.Remembered() : session);
        return remember
            ? WebLogin.Kept(reference, key.TurnOf(session.Id, session.Turn), end)
            : new WebLogin(reference, KeptUntil: null);
    }
}

/// <summary>A browser that was logged in.</summary>
/// <param name="Reference">What it presents from now on.</param>
/// <param name="KeptUntil">When the browser may forget it (UTC); null for when it is closed.</param>
public sealed record WebLogin(Secret Reference, DateTime? KeptUntil)
{
    /// <summary>One that outlives the browser: it shows a turn too, see <see cref="TurnSession"/>.</summary>
    internal static WebLogin Kept(Secret reference, Secret turn, DateTime until) =>
        new(new Secret($"{reference.Reveal()}.{turn.Reveal()}"), until);
}
