using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Data;

/// <summary>Migrations match the model, and neither a kill nor a second node stops them.</summary>
public sealed class MigrationTests
{
    [Theory, EveryDatabase]
    public async Task Migrations_are_all_that_the_model_needs(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        Assert.False(await server.Ask<Db, bool>(db => Task.FromResult(db.Database.HasPendingModelChanges())));
        Assert.Empty(await server.Ask<Db, IEnumerable<string>>(db => db.Database.GetPendingMigrationsAsync()));
    }

    [Fact]
    public async Task Lock_file_of_a_killed_process_is_no_lock()
    {
        var folder = Directory.CreateTempSubdirectory("gatehouse-migration-");
        var file = Path.Combine(folder.FullName, "gatehouse.db");
        await File.WriteAllTextAsync(file + ".migrating", "left behind");
        Assert.NotEmpty(await Migrate(file));
        Assert.Empty(await Migrate(file));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Parallel_migrators_of_a_file_do_the_work_once()
    {
        var folder = Directory.CreateTempSubdirectory("gatehouse-migration-");
        var file = Path.Combine(folder.FullName, "gatehouse.db");
        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Migrate(file))));
        Assert.Single(applied, names => names.Count > 0);
        folder.Delete(recursive: true);
    }

    [Theory, EveryDatabase]
    public async Task Node_that_starts_beside_others_finds_nothing_to_do(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => server.Ask<Db, IReadOnlyList<string>>(
            db => Migrator.Migrate(db, TimeProvider.System, CancellationToken.None))));
        Assert.All(applied, Assert.Empty);
    }

    private static async Task<IReadOnlyList<string>> Migrate(string file)
    {
        await using var db = SqliteDb.At($"Data Source={file}");
        var applied = await Migrator.Migrate(db, TimeProvider.System, CancellationToken.None);
        SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
        return applied;
    }
}
