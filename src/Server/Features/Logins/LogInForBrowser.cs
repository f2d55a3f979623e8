using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Logins;

/// <summary>A full login with an address or a user name, for a browser. It makes no key.</summary>
public sealed class LogInForBrowser(Db db, CheckLogin check, NoteLogin note, StartWebSession start)
{
    /// <summary>Refuses what <see cref="CheckLogin"/> refuses.</summary>
    public async Task<Outcome<WebLogin>> Run(
        Caller caller, Credentials given, bool remember, CancellationToken stop)
    {
        if (check.Crowded() is { } busy) return busy;
        var name = Canonical(given.Email);
        // Asked even where there is no such name, so that it takes as long.
        var account = await Named(name).FirstOrDefaultAsync(stop);
        var claim = new ClaimedAccount(account, name != "" ? name : given.Email?.Trim() ?? "");
        if (!(await check.Run(caller, claim, given, stop)).Is(out var login, out var refusal)) return refusal;
        return await db.Write(() => Enter(caller, login, remember, stop), stop);
    }

    private async Task<Outcome<WebLogin>> Enter(
        Caller caller, ProvenLogin login, bool remember, CancellationToken stop)
    {
        if ((await note.Run(caller, login, stop)).Refusal is { } refusal) return refusal;
        return await start.Run(caller, login.Account.Id, remember, stop);
    }

    private IQueryable<Account> Named(string name) => name == "" || name.Contains('@')
        ? db.Accounts.AsNoTracking().Naming(name)
        : db.Accounts.AsNoTracking().Known(name);

    /// <summary>Empty for what can be neither address nor name, so that no database is asked for junk.</summary>
    private static string Canonical(string? name) => EmailAddress.Parse(name).Match(
        address => address.Canonical, _ => UserName.Parse(name).Match(user => user.Canonical, _ => ""));
}
