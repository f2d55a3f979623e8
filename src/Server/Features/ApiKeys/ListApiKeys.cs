using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ApiKeys;

/// <summary>The keys of the caller's account, without anything one could log in with.</summary>
public sealed class ListApiKeys(Db db)
{
    /// <summary>
    /// The newest first. Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<ListedKey>>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.AccountRead).Is(out var id, out var refusal)) return refusal;
        var keys = await db.ApiKeys.AsNoTracking()
            .Where(k => k.AccountId == id).OrderByDescending(k => k.Id).ToListAsync(stop);
        return Outcome.Of<IReadOnlyList<ListedKey>>([.. keys.Select(k => ListedKey.Of(k, caller))]);
    }
}

/// <summary>A key as lists show it.</summary>
/// <param name="Name">Unique within the account.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="LastUsedAt">UTC, to the hour; null until the first use.</param>
/// <param name="ExpiresAt">UTC; null for never.</param>
/// <param name="Scopes">What it may be used for; empty for everything.</param>
/// <param name="IsPresented">True for the key that asks.</param>
public sealed record ListedKey(
    string Name,
    DateTime CreatedAt,
    DateTime? LastUsedAt,
    DateTime? ExpiresAt,
    IReadOnlyList<string> Scopes,
    bool IsPresented)
{
    internal static ListedKey Of(ApiKey key, Caller caller) => new(
        key.Name,
        key.CreatedAt,
        key.LastUsedAt,
        key.ExpiresAt,
        new Scopes(key.ScopeNames).ToList(),
        key.Id == caller.Key?.KeyId);
}
