using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Logins;

/// <summary>A full login with the address of an account, which makes a key for the device.</summary>
public sealed class LogIn(Db db, CheckLogin check, EnterAccount enter)
{
    /// <summary>Refuses what <see cref="CheckLogin"/> refuses.</summary>
    public async Task<Outcome<LoggedIn>> Run(Caller caller, Credentials given, CancellationToken stop)
    {
        if (check.Crowded() is { } busy) return busy;
        // Asked even where there is no address, so that it takes as long; but never with a text no database takes.
        var canonical = EmailAddress.Parse(given.Email).Match(address => address.Canonical, _ => "");
        var account = await db.Accounts.AsNoTracking().Naming(canonical).FirstOrDefaultAsync(stop);
        var claim = new ClaimedAccount(account, canonical != "" ? canonical : given.Email?.Trim() ?? "");
        if (!(await check.Run(caller, claim, given, stop)).Is(out var login, out var refusal)) return refusal;
        return await db.Write(() => enter.Run(caller, login, stop), stop);
    }
}

/// <summary>What somebody logs in with.</summary>
/// <param name="Email">The address, in any spelling; a user name where a surface takes one.</param>
/// <param name="Password">As typed.</param>
/// <param name="MfaToken">A code of the second factor, or a recovery code; only needed where a factor is on.</param>
/// <param name="Device">What the new key is named after; may be missing.</param>
/// <param name="Literal">
/// The password as it stood in the request, where it had to be decoded and may not have been encoded at all; counts as
/// the same attempt.
/// </param>
public sealed record Credentials(
    string? Email, string? Password, string? MfaToken = null, string? Device = null, string? Literal = null);

/// <summary>A login that succeeded.</summary>
public sealed record LoggedIn(string Email, Secret Key)
{
    /// <summary>How many recovery codes are left; null where no second factor is on.</summary>
    public int? RecoveryCodesLeft { get; init; }
}
