using Gatehouse.Domain;

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
}
