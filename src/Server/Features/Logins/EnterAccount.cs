using Gatehouse.Domain;
using Gatehouse.Features.ApiKeys;
using Gatehouse.Platform;

namespace Gatehouse.Features.Logins;

/// <summary>
/// What a full login for a key ends with, however its owner proved to be the owner: the device gets its key. Runs in
/// the caller's transaction.
/// </summary>
public sealed class EnterAccount(NoteLogin note, CreateLoginKey createKey)
{
    /// <summary>Never refuses.</summary>
    public async Task<Outcome<LoggedIn>> Run(
        Caller caller, Account account, LoginAttempt attempt, string? device, CancellationToken stop)
    {
        var loggedInAt = await note.Run(caller, new ProvenLogin(account, attempt), stop);
        var key = await createKey.Run(caller, account.Id, device, loggedInAt, stop);
        return new LoggedIn(account.EmailSpelling, key);
    }
}
