using Gatehouse.Domain;

namespace Gatehouse.Data;

/// <summary>Which accounts count.</summary>
public static class AccountQueries
{
    /// <summary>Accounts whose owner proved the address and did not close them.</summary>
    public static IQueryable<Account> Confirmed(this IQueryable<Account> accounts) =>
        accounts.Where(a => a.EmailConfirmedAt != null && a.ClosedAt == null);

    /// <summary>
    /// The accounts that name an address, the confirmed one first, then the newest; closed ones are not there.
    /// </summary>
    public static IQueryable<Account> Naming(this IQueryable<Account> accounts, string email) => accounts
        .Where(a => a.Email == email && a.ClosedAt == null)
        .OrderBy(a => a.EmailConfirmedAt == null).ThenByDescending(a => a.CreatedAt);
}
