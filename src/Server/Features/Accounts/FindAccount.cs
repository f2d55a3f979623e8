using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>Finds an account by address, user name or id, for the operator.</summary>
public sealed class FindAccount(Db db)
{
    /// <summary>Refuses with <see cref="Reason.NotFound"/>, to everybody but the operator as well.</summary>
    public async Task<Outcome<FoundAccount>> Run(Caller caller, string who, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        var id = Guid.TryParse(who, out var parsed) ? parsed : Guid.Empty;
        var email = EmailAddress.Parse(who).Match(address => address.Canonical, _ => "");
        var name = UserName.Parse(who).Match(parsed => parsed.Canonical, _ => "");
        var account = await db.Accounts.AsNoTracking()
            .Where(a => a.Id == id || a.UserNameCanonical == name || a.Email == email)
            .OrderBy(a => a.EmailConfirmedAt == null).ThenByDescending(a => a.CreatedAt)
            .FirstOrDefaultAsync(stop);
        return account is null ? Reason.NotFound : Describe(account);
    }

    private static FoundAccount Describe(Account account) => new(
        account.Id,
        account.EmailSpelling,
        account.UserName,
        account.Tier == Tier.Free ? "FREE" : "STANDARD",
        StatusOf(account),
        account.CreatedAt);

    private static string StatusOf(Account account) => account switch
    {
        { ErasedAt: not null } => "erased",
        { ClosedAt: not null } => "closed",
        { EmailConfirmedAt: null } => "unconfirmed",
        _ => "active",
    };
}

/// <summary>An account as the operator sees it.</summary>
public sealed record FoundAccount(
    Guid Id, string Email, string UserName, string Tier, string Status, DateTime CreatedAt);
