using System.Security.Cryptography;
using System.Text.Json;
using Gatehouse.Data;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Gateways;

/// <summary>
/// What the sandbox remembers, on connections of its own: it is the outside world, and what was done there stays done
/// when our side falls over.
/// </summary>
internal sealed class SandboxStore(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int IdLength = 24;

    // A request that was made twice at once finds, at its second try, what the other one made.
    private const int Tries = 3;

    /// <summary>A new name such as <c>ch_…</c>, which nobody can guess.</summary>
    public static string NewId(string prefix) => $"{prefix}_{RandomNumberGenerator.GetString(Alphabet, IdLength)}";

    /// <summary>Runs a request of the sandbox as one transaction.</summary>
    public async Task<T> Run<T>(Func<Db, Task<T>> request, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        return await db.Write(() => request(db), stop, Tries);
    }

    /// <summary>An object by its name; null when there is none.</summary>
    public static async Task<T?> Find<T>(Db db, string id, CancellationToken stop)
        where T : class =>
        await db.SandboxObjects.AsNoTracking().SingleOrDefaultAsync(made => made.Id == id, stop) is { } row
            ? JsonSerializer.Deserialize<T>(row.Json)
            : null;

    /// <summary>What a request made before; null when it was never asked for.</summary>
    public static async Task<(string Id, T Thing)?> FindByKey<T>(Db db, string requestKey, CancellationToken stop)
    {
        var row = await db.SandboxObjects.AsNoTracking()
            .SingleOrDefaultAsync(made => made.RequestKey == requestKey, stop);
        return row is null ? null : (row.Id, JsonSerializer.Deserialize<T>(row.Json)!);
    }

    /// <summary>Keeps a new object.</summary>
    public async Task Add<T>(Db db, string id, T thing, string? requestKey, CancellationToken stop)
    {
        db.SandboxObjects.Add(new SandboxObject
        {
            Id = id,
            Json = JsonSerializer.Serialize(thing),
            RequestKey = requestKey,
            CreatedAt = clock.UtcNow(),
        });
        await db.SaveChangesAsync(stop);
    }

    /// <summary>Changes an object, if it is still as it was read.</summary>
    public static async Task<bool> Replace<T>(Db db, string id, T before, T after, CancellationToken stop)
    {
        var (old, changed) = (JsonSerializer.Serialize(before), JsonSerializer.Serialize(after));
        return await db.SandboxObjects
            .Where(made => made.Id == id && made.Json == old)
            .ExecuteUpdateAsync(set => set.SetProperty(made => made.Json, changed), stop) == 1;
    }
}
