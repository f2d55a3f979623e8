using Gatehouse.Data;
using Gatehouse.Features.Usage;
using Gatehouse.Platform;

namespace Gatehouse.Commands;

/// <summary><c>migrate</c>, and the first thing that every other verb does.</summary>
public static class Prepare
{
    /// <summary>Migrates, and makes sure that this process and this database belong together.</summary>
    public static async Task<IReadOnlyList<string>> Run(WebApplication app, CancellationToken stop)
    {
        try
        {
            return await Open(app, stop);
        }
        catch (Exception outage) when (outage is not MistakenStart && Faults.IsOutage(outage))
        {
            throw new MistakenStart($"Database cannot be reached: {outage.GetBaseException().Message}", exitCode: 1);
        }
    }

    /// <summary>The verb: says what was done.</summary>
    public static async Task<int> Migrate(WebApplication app)
    {
        var applied = await Run(app, CancellationToken.None);
        Console.Out.WriteLine(
            applied.Count == 0 ? "The database is up to date." : $"Applied {string.Join(", ", applied)}.");
        return 0;
    }

    private static async Task<IReadOnlyList<string>> Open(WebApplication app, CancellationToken stop)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var (db, clock) = (services.GetRequiredService<Db>(), services.GetRequiredService<TimeProvider>());
        var applied = await Migrator.Migrate(db, clock, stop);
        await Installation.CheckMasterKey(db, services.GetRequiredService<MasterKey>(), clock, stop);
        await Installation.CheckDurability(db, stop);
        await services.GetRequiredService<TokenKeys>().EnsureFirst(stop);
        await services.GetRequiredService<NotePrices>().Run(stop);
        return applied;
    }
}
