using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>The newest accounts, for the operator.</summary>
public sealed class ListAccounts(Db db)
{
    private const int Most = 1000;

    /// <summary>
    /// At most 1,000, the newest first. Refuses with <see cref="Reason.NotFound"/> to everybody but the operator, and
    /// with <see cref="Reason.InvalidFormat"/> when there is no such tier or status.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<FoundAccount>>> Run(
        Caller caller, AccountFilter filter, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        if (filter.Tier is not null && !Enum.TryParse<Tier>(filter.Tier, ignoreCase: true, out _))
            return Reason.InvalidFormat;
        if (Choose(db.Accounts.AsNoTracking(), filter.Status) is not { } accounts) return Reason.InvalidFormat;
        if (filter.Tier is { } text)
        {
            var tier = Enum.Parse<Tier>(text, ignoreCase: true);
            accounts = accounts.Where(account => account.Tier == tier);
        }

        var found = await accounts.OrderByDescending(account => account.CreatedAt).Take(Most).ToListAsync(stop);
        return found.ConvertAll(FoundAccount.Of);
    }

    private static IQueryable<Account>? Choose(IQueryable<Account> accounts, string? status) => status switch
    {
        null => accounts.Where(account => account.ErasedAt == null),
        "active" => accounts.Confirmed().Where(account => account.SuspendedAt == null),
        "suspended" => accounts.Confirmed().Where(account => account.SuspendedAt != null),
        "unconfirmed" => accounts.Where(account => account.EmailConfirmedAt == null && account.ClosedAt == null),
        "closed" => accounts.Where(account => account.ClosedAt != null && account.ErasedAt == null),
        "erased" => accounts.Where(account => account.ErasedAt != null),
        _ => null,
    };
}

/// <summary>Which accounts are listed; null for all that are not erased.</summary>
/// <param name="Tier"><c>FREE</c> or <c>STANDARD</c>.</param>
/// <param name="Status">As <see cref="FoundAccount.Status"/> has it.</param>
public sealed record AccountFilter(string? Tier, string? Status);
