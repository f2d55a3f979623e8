using System.Collections.Concurrent;
using Gatehouse.Data;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Platform;

/// <summary>
/// The keys that sign tokens. They are rows of the database, so every node signs and accepts with the same ones; a key
/// that is gone from there signs nothing and opens nothing any more.
/// </summary>
public sealed class TokenKeys(Db db, MasterKey master, TokenKeyCache cache, Settings settings, TimeProvider clock)
{
    private const int IdCharacters = 43;

    // Beyond the last token's life, for nodes whose clocks differ.
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(5);

    /// <summary>Makes the first key, unless there is one; of two nodes at once, one makes it.</summary>
    public async Task EnsureFirst(CancellationToken stop)
    {
        if ((await List(stop)).Count == 0) await Insert(TokenKey.Generate(1, clock.UtcNow()), stop);
    }

    /// <summary>Every key there is, published, signing or passed, the oldest first.</summary>
    public async Task<IReadOnlyList<TokenKey>> List(CancellationToken stop)
    {
        var rows = await db.InstallationSecrets.AsNoTracking()
            .Where(row => row.Name.StartsWith(TokenKey.Prefix)).OrderBy(row => row.Name).ToListAsync(stop);
        return [.. rows.Select(row => cache.Open(master, row))];
    }

    /// <summary>The key that signs now. Asked of the database each time, so that all nodes change at once.</summary>
    public async Task<TokenKey> Signer(CancellationToken stop)
    {
        var (keys, now) = (await List(stop), clock.UtcNow());
        return keys.LastOrDefault(key => key.SignsFrom <= now) ?? keys[0];
    }

    /// <summary>
    /// The key of a public name; null when it is none of ours. A name is only ever compared: it is no path, no address
    /// and no query, and one that cannot be ours costs nothing.
    /// </summary>
    public async Task<TokenKey?> Find(string? id, CancellationToken stop)
    {
        if (id is not { Length: IdCharacters } || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return null;
        return cache.Find(id) ?? (await List(stop)).SingleOrDefault(key => key.Id == id);
    }

    /// <summary>Makes the next key when its time has come, which is so long before it signs. Within a change.</summary>
    public async Task PublishNextWhenDue(CancellationToken stop)
    {
        var (newest, now) = ((await List(stop))[^1], clock.UtcNow());
        if (newest.SignsFrom + settings.Tokens.RotateEvery - settings.Tokens.PublishAhead <= now)
            await PublishNext(newest, now + settings.Tokens.PublishAhead, stop);
    }

    /// <summary>Makes the next key, whatever the time. Within a change.</summary>
    public async Task<TokenKey> PublishNext(TimeSpan ahead, CancellationToken stop) =>
        await PublishNext((await List(stop))[^1], clock.UtcNow() + ahead, stop);

    /// <summary>Removes the keys whose last token has expired. Within a change.</summary>
    public async Task RemovePassed(CancellationToken stop)
    {
        var (keys, now) = (await List(stop), clock.UtcNow());
        var passed = keys.Zip(keys.Skip(1))
            .Where(pair => pair.Second.SignsFrom + Domain.AccessToken.Life + Spare <= now)
            .Select(pair => pair.First.Name).ToList();
        if (passed.Count == 0) return;
        await db.InstallationSecrets.Where(row => passed.Contains(row.Name)).ExecuteDeleteAsync(stop);
    }

    /// <summary>Removes every other key, and with it every token that was signed before. Within a change.</summary>
    public Task<int> RemoveAllBut(TokenKey kept, CancellationToken stop) => db.InstallationSecrets
        .Where(row => row.Name.StartsWith(TokenKey.Prefix) && row.Name != kept.Name).ExecuteDeleteAsync(stop);

    private async Task<TokenKey> PublishNext(TokenKey newest, DateTime signsFrom, CancellationToken stop)
    {
        var next = TokenKey.Generate(newest.Number + 1, signsFrom);
        await Insert(next, stop);
        return next;
    }

    /// <summary>The number is the row's name, so of two keys with the same number one is stored.</summary>
    private Task<int> Insert(TokenKey key, CancellationToken stop)
    {
        var row = key.Seal(master, clock.UtcNow());
        return db.Database.ExecuteSqlAsync($"""
            INSERT INTO installation_secrets (name, sealed, created_at)
            VALUES ({row.Name}, {row.Sealed}, {row.CreatedAt})
            ON CONFLICT (name) DO NOTHING
            """, stop);
    }
}

/// <summary>Keys that were opened once; the rows never change.</summary>
public sealed class TokenKeyCache
{
    private readonly ConcurrentDictionary<string, TokenKey> byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (byte[] Sealed, TokenKey Key)> byName = new(StringComparer.Ordinal);

    public TokenKey? Find(string id) => byId.GetValueOrDefault(id);

    public TokenKey Open(MasterKey master, InstallationSecret row)
    {
        if (byName.TryGetValue(row.Name, out var known) && known.Sealed.AsSpan().SequenceEqual(row.Sealed))
            return known.Key;
        var key = TokenKey.Open(master, row);
        byName[row.Name] = (row.Sealed, key);
        byId[key.Id] = key;
        return key;
    }
}
