using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ApiKeys;

/// <summary>
/// Finds out who presents a key. Junk is refused by its checksum, before any input or output; a well-formed key costs
/// one read, so a revoked one is refused on every node at once.
/// </summary>
public sealed class CheckApiKey(
    HotReads reads, MasterKey key, ApiKeyFailures failures, Rarely<Db> rarely, TimeProvider clock)
{
    private static readonly TimeSpan UseGranularity = TimeSpan.FromHours(1);

    /// <summary>
    /// The caller with the key, <paramref name="withFacts"/> with its account's as well. Refuses with <see
    /// cref="Reason.NotLoggedIn"/>, or with <see cref="Reason.TooManyAttempts"/> where too many unknown keys came from.
    /// </summary>
    public async Task<Outcome<Caller>> Run(
        Caller visitor, string email, Secret presented, bool withFacts, CancellationToken stop)
    {
        if (!ApiKeyText.IsWellFormed(presented.Reveal())) return Reason.NotLoggedIn;
        if (failures.Pause(visitor) is { } pause) return new Refusal(Reason.TooManyAttempts, RetryAfter: pause);
        var now = clock.UtcNow();
        var found = await reads.FindKey(key.HashOf(presented), withFacts, now, stop);
        if (found is null || found.ExpiresAt <= now)
            return await failures.Count(visitor, stop) ?? new Refusal(Reason.NotLoggedIn);
        if (!IsOf(found, email)) return Reason.NotLoggedIn;
        if (found.LastUsedAt is null || found.LastUsedAt <= now - UseGranularity) await NoteUse(found.Id, now, stop);
        var scopes = new Scopes(found.ScopeNames);
        return visitor with
        {
            Key = new PresentedKey(found.AccountId, found.Id, presented, found.LoggedInAt, scopes),
            Facts = found.Facts,
        };
    }

    private static bool IsOf(FoundKey found, string email) =>
        email == found.Email
        || EmailAddress.Parse(email).Match(address => address.Canonical == found.Email, _ => false);

    private Task<int> NoteUse(Guid id, DateTime now, CancellationToken stop)
    {
        var db = rarely.Get();
        return db.Write(
            () => db.ApiKeys.Where(k => k.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), stop),
            stop);
    }
}
