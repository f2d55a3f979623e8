using Gatehouse.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gatehouse.Tests.Harness;

/// <summary>A fresh, migrated database for one test.</summary>
/// <param name="Engine">Which kind.</param>
/// <param name="Setting">What the setting <c>Database</c> says to get it.</param>
public sealed record TestDatabase(Engine Engine, string Setting)
{
    private static readonly Lazy<Task<byte[]>> EmptyFile = new(MigrateFile);

    /// <summary>The path of a SQLite database.</summary>
    public string File => Setting["sqlite:".Length..];

    public static async Task<TestDatabase> Create(Engine engine, string folder)
    {
        if (engine == Engine.Postgres) return new TestDatabase(engine, await PostgresCluster.CreateDatabase());
        var file = Path.Combine(folder, "gatehouse.db");
        await System.IO.File.WriteAllBytesAsync(file, await EmptyFile.Value);
        return new TestDatabase(engine, $"sqlite:{file}");
    }

    /// <summary>Closes the connections that wait for their next use.</summary>
    public static void CloseIdle(Db db)
    {
        var connection = db.Database.GetDbConnection();
        if (connection is SqliteConnection sqlite) SqliteConnection.ClearPool(sqlite);
        if (connection is NpgsqlConnection postgres) NpgsqlConnection.ClearPool(postgres);
    }

    private static async Task<byte[]> MigrateFile()
    {
        var folder = Directory.CreateTempSubdirectory("gatehouse-template-");
        var file = Path.Combine(folder.FullName, "gatehouse.db");
        await using (var db = SqliteDb.At($"Data Source={file}"))
        {
            await Migrator.Migrate(db, TimeProvider.System, CancellationToken.None);
            CloseIdle(db);
        }

        var bytes = await System.IO.File.ReadAllBytesAsync(file);
        folder.Delete(recursive: true);
        return bytes;
    }
}
