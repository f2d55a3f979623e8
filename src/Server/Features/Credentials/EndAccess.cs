using Gatehouse.Data;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credentials;

/// <summary>
/// Ends what gives access to an account: logins, keys, open links. Runs in the caller's transaction, so it holds on
/// every node as soon as the change itself does.
/// </summary>
public sealed class EndAccess(Db db)
{
    /// <summary>How much was ended.</summary>
    public async Task<int> Run(Guid accountId, Access what, CancellationToken stop)
    {
        var ended = await db.Sessions
            .Where(s => s.AccountId == accountId && s.Id != what.KeptSession).ExecuteDeleteAsync(stop);
        if (what.KeptSession is null) await RaiseVersion(accountId, stop);
        await db.PasswordResets.Where(r => r.AccountId == accountId).ExecuteDeleteAsync(stop);
        // A change of address that was confirmed already stays revocable; that is what its other link is for.
        await db.EmailChanges
            .Where(c => c.AccountId == accountId && c.ConfirmedAt == null).ExecuteDeleteAsync(stop);
        // What a browser is about to bring in is an access too.
        await db.ProviderVisits.Where(v => v.AccountId == accountId).ExecuteDeleteAsync(stop);
        await db.TerminalLogins.Where(t => t.AccountId == accountId).ExecuteDeleteAsync(stop);
        if (!what.Keys) return ended;
        return ended + await db.ApiKeys.Where(k => k.AccountId == accountId).ExecuteDeleteAsync(stop);
    }

    /// <summary>A second lock on every token there is: a login that came back from somewhere opens nothing.</summary>
    private Task<int> RaiseVersion(Guid accountId, CancellationToken stop) => db.Accounts
        .Where(a => a.Id == accountId)
        .ExecuteUpdateAsync(set => set.SetProperty(a => a.Version, a => a.Version + 1), stop);
}

/// <summary>What to end.</summary>
/// <param name="Keys">API keys as well as logins.</param>
/// <param name="KeptSession">The login that asks and goes on; null for none.</param>
public sealed record Access(bool Keys, Guid? KeptSession = null);
