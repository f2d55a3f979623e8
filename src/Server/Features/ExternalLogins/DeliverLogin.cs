using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.ApiKeys;
using Gatehouse.Features.Logins;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// Makes the key of a terminal whose owner pressed the button in the browser. It is the terminal's login: its address
/// is what the audit log and the owner's mail name. Runs in the caller's transaction, in the account's queue.
/// </summary>
public sealed class DeliverLogin(Db db, NoteLogin note, CreateLoginKey createKey, LoginLimits limits)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotFinished"/> when what opened the account was closed or taken back meanwhile.
    /// </summary>
    public async Task<Outcome<TerminalProgress>> Run(Caller caller, TerminalLogin terminal, CancellationToken stop)
    {
        var account = await db.Accounts.Confirmed().SingleOrDefaultAsync(
            a => a.Id == terminal.AccountId && a.Version == terminal.AccountVersion, stop);
        if (account is null) return Reason.NotFinished;
        var link = await db.ExternalLogins.AsNoTracking().FirstOrDefaultAsync(l => l.AccountId == account.Id, stop);
        if (link is null) return Reason.NotFinished;
        var attempt = await limits.Recognise(caller, account.Id.ToString("D"), stop);
        var login = new ProvenLogin(account, attempt) { LinkId = link.Id, Device = terminal.Device };
        var noted = await note.Run(caller, login, stop);
        if (noted.Refusal is { } refusal) return refusal;
        var key = await createKey.Run(caller, account.Id, terminal.Device, terminal.GrantedAt, stop);
        return new TerminalProgress(account.EmailSpelling, key);
    }
}
