using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Data;

/// <summary>Which accounts count.</summary>
public static class AccountQueries
{
    /// <summary>Accounts whose owner proved the address and did not close them.</summary>
    public static IQueryable<Account> Confirmed(this IQueryable<Account> accounts) =>
        accounts.Where(a => a.EmailConfirmedAt != null && a.ClosedAt == null);

    /// <summary>
    /// The one account that a client of names means: by user name, confirmed or not, or by an address that was proven.
    /// </summary>
    public static IQueryable<Account> Known(this IQueryable<Account> accounts, string identifier) =>
        identifier.Contains('@')
            ? accounts.Confirmed().Where(a => a.Email == identifier)
            : accounts.Where(a => a.UserNameCanonical == identifier && a.ClosedAt == null);

    /// <summary>
    /// The accounts that name an address, the confirmed one first, then the newest; closed ones are not there.
    /// </summary>
    public static IQueryable<Account> Naming(this IQueryable<Account> accounts, string email) => accounts
        .Where(a => a.Email == email && a.ClosedAt == null)
        .OrderBy(a => a.EmailConfirmedAt == null).ThenByDescending(a => a.CreatedAt);

    /// <summary>How many recovery codes are left to an account; no row where no second factor is on.</summary>
    public static IQueryable<int?> RecoveryCodesLeftOf(this Db db, Guid accountId) => db.SecondFactors
        .Where(f => f.AccountId == accountId && f.ActivatedAt != null)
        .Select(f => (int?)db.RecoveryCodes.Count(c => c.AccountId == f.AccountId));

    /// <summary>
    /// The account that an operator means by an address, a user name or an id; closed and erased ones too, by id. Of
    /// several that name an address, the confirmed one, then the newest.
    /// </summary>
    public static Task<Account?> FindByAnyName(this Db db, string who, CancellationToken stop)
    {
        // A user name may look like an id; an id then means the id alone.
        if (Guid.TryParse(who, out var id))
            return db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, stop);
        var email = EmailAddress.Parse(who).Match(address => address.Canonical, _ => "none");
        var name = UserName.Parse(who).Match(parsed => parsed.Canonical, _ => "");
        return db.Accounts.AsNoTracking()
            .Where(a => a.UserNameCanonical == name || a.Email == email)
            .OrderBy(a => a.EmailConfirmedAt == null || a.ClosedAt != null).ThenByDescending(a => a.CreatedAt)
            .FirstOrDefaultAsync(stop);
    }
}
