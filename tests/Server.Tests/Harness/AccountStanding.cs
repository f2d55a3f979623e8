using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Tests.Harness;

/// <summary>What an account is and may, to be compared with that of another one.</summary>
public static class AccountStanding
{
    /// <summary>What differs between any two accounts.</summary>
    private static readonly HashSet<string> Own = new(StringComparer.Ordinal)
    {
        nameof(Account.Id), nameof(Account.Email), nameof(Account.EmailSpelling), nameof(Account.UserName),
        nameof(Account.UserNameCanonical), nameof(Account.PasswordHash),
    };

    /// <summary>
    /// Every column of its row, also those that later versions add, its money, what its keys may, and whose apps it
    /// sees. Of times the year: that of a test, or one that somebody wished for.
    /// </summary>
    public static Task<string> StandingOf(this TestServer server, string email) => server.Ask<Db, string>(async db =>
    {
        var account = await db.Accounts.SingleAsync(a => a.Email == email);
        var row = db.Entry(account).Properties
            .Where(column => !Own.Contains(column.Metadata.Name))
            .Select(column => $"{column.Metadata.Name}={Say(column.CurrentValue)}")
            .Order(StringComparer.Ordinal);
        var nanos = await db.LedgerAccounts.Where(a => a.OwnerId == account.Id).SumAsync(a => a.Balance);
        var scopes = await db.ApiKeys.Where(key => key.AccountId == account.Id)
            .Select(key => key.ScopeNames).Distinct().OrderBy(names => names).ToListAsync();
        var apps = await db.Collaborators.CountAsync(person => person.Email == email);
        return $"{string.Join(' ', row)} nanos={nanos} scopes={string.Join(';', scopes)} apps={apps}";
    });

    private static string Say(object? value) => value is DateTime time ? $"{time.Year}" : $"{value ?? "nothing"}";
}
