using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ApiKeys;

/// <summary>
/// Finds out who presents a key. Junk is refused by its checksum, before any input or output; a well-formed key costs
/// one read, so a revoked one is refused on every node at once.
/// </summary>
public sealed class CheckApiKey(Db db, MasterKey key, ApiKeyFailures failures, TimeProvider clock)
{
    private static readonly TimeSpan UseGranularity = TimeSpan.FromHours(1);

    /// <summary>
    /// The caller with the key. Refuses with <see cref="Reason.NotLoggedIn"/>, or with
    /// <see cref="Reason.TooManyAttempts"/> where too many unknown keys came from.
    /// </summary>
    public async Task<Outcome<Caller>> Run(Caller visitor, string email, Secret presented, CancellationToken stop)
    {
        if (!ApiKeyText.IsWellFormed(presented.Reveal())) return Reason.NotLoggedIn;
        if (failures.Pause(visitor) is { } pause) return new Refusal(Reason.TooManyAttempts, RetryAfter: pause);
        var found = await Find(key.HashOf(presented), stop);
        var now = clock.UtcNow();
        if (found is null || found.ExpiresAt <= now)
            return await failures.Count(visitor, stop) ?? new Refusal(Reason.NotLoggedIn);
        if (!IsOf(found, email)) return Reason.NotLoggedIn;
        if (found.LastUsedAt is null || found.LastUsedAt <= now - UseGranularity) await NoteUse(found.Id, now, stop);
        return visitor with { Key = found.Present(presented) };
    }

    private static bool IsOf(Found found, string email) =>
        EmailAddress.Parse(email).Match(address => address.Canonical == found.Email, _ => false);

    private Task<Found?> Find(byte[] hash, CancellationToken stop) => db.ApiKeys.AsNoTracking()
        .Where(k => k.Hash == hash)
        .Join(
            db.Accounts.Where(a => a.ClosedAt == null),
            k => k.AccountId,
            a => a.Id,
            (k, a) => new Found(k.Id, a.Id, a.Email, k.LoggedInAt, k.ExpiresAt, k.LastUsedAt, k.ScopeNames))
        .SingleOrDefaultAsync(stop);

    private Task<int> NoteUse(Guid id, DateTime now, CancellationToken stop) => db.Write(
        () => db.ApiKeys.Where(k => k.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), stop),
        stop);

    private sealed record Found(
        Guid Id,
        Guid AccountId,
        string Email,
        DateTime? LoggedInAt,
        DateTime? ExpiresAt,
        DateTime? LastUsedAt,
        string ScopeNames)
    {
        public PresentedKey Present(Secret text) => new(AccountId, Id, text, LoggedInAt, new Scopes(ScopeNames));
    }
}
