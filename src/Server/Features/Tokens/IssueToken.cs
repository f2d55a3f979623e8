using System.Security.Cryptography;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Features.Tokens;

/// <summary>
/// The login of a program, and the token that names it. When the account has too many logins, the one that was not seen
/// for longest goes. Runs in the caller's transaction, behind an entry of the audit log, so that logins of one account
/// queue up.
/// </summary>
public sealed class IssueToken(Db db, TokenWriter writer, TimeProvider clock)
{
    /// <summary>Never refuses.</summary>
    public async Task<IssuedToken> Run(Caller caller, Account account, CancellationToken stop)
    {
        var now = clock.UtcNow();
        // The token itself names the login; nobody holds another reference to it.
        var hash = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
        var session = Session.Start(account.Id, SessionKind.Token, hash, caller, (now, writer.EndOfLife));
        await db.MakeRoomForSession(account.Id, stop);
        db.Sessions.Add(session);
        var presented = new PresentedSession(account.Id, session.Id, session.CreatedAt);
        return await writer.Write(account.UserName, presented, account.Version, stop);
    }
}
