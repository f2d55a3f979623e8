using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Tokens;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Logins;

/// <summary>
/// A full login with a user name, or with an address that was proven, for a token of 24 hours. An account whose address
/// is not proven may log in by its name, unless the operator wants otherwise: it can do nothing that costs or spends.
/// </summary>
public sealed class LogInForToken(
    Db db, CheckLogin check, NoteLogin note, IssueToken issue, Settings settings)
{
    /// <summary>Refuses what <see cref="CheckLogin"/> refuses.</summary>
    public async Task<Outcome<IssuedToken>> Run(Caller caller, Credentials given, CancellationToken stop)
    {
        if (check.Crowded() is { } busy) return busy;
        var name = Canonical(given.Email);
        var account = await db.Accounts.AsNoTracking().Known(name).SingleOrDefaultAsync(stop);
        var identifier = name != "" ? name : given.Email?.Trim() ?? "";
        var claim = new ClaimedAccount(account, identifier, !settings.Accounts.ConfirmBeforeV2Login);
        if (!(await check.Run(caller, claim, given, stop)).Is(out var login, out var refusal)) return refusal;
        return await db.Write(() => Enter(caller, login, stop), stop);
    }

    private async Task<Outcome<IssuedToken>> Enter(Caller caller, ProvenLogin login, CancellationToken stop)
    {
        if ((await note.Run(caller, login, stop)).Refusal is { } refusal) return refusal;
        return await issue.Run(caller, login.Account, stop);
    }

    /// <summary>Empty for what can be neither address nor name, so that no database is asked for junk.</summary>
    private static string Canonical(string? name) => EmailAddress.Parse(name).Match(
        address => address.Canonical, _ => UserName.Parse(name).Match(user => user.Canonical, _ => ""));
}
