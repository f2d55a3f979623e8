using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.ApiKeys;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Logins;

/// <summary>
/// What a full login for a key ends with, however its owner proved to be the owner: the device gets its key. Runs in
/// the caller's transaction.
/// </summary>
public sealed class EnterAccount(Db db, NoteLogin note, CreateLoginKey createKey)
{
    /// <summary>Refuses what <see cref="NoteLogin"/> refuses.</summary>
    public async Task<Outcome<LoggedIn>> Run(
        Caller caller, ProvenLogin login, CancellationToken stop)
    {
        if (!(await note.Run(caller, login, stop)).Is(out var loggedInAt, out var refusal)) return refusal;
        var key = await createKey.Run(caller, login.Account.Id, login.Device, loggedInAt, stop);
        var left = await db.RecoveryCodesLeftOf(login.Account.Id).FirstOrDefaultAsync(stop);
        return new LoggedIn(login.Account.EmailSpelling, key) { RecoveryCodesLeft = left };
    }
}
