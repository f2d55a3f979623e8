using System.Diagnostics;
using Gatehouse.EndToEnd.Tests.Harness;
using Npgsql;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Crashes;

[Costly]
public class MigrationKillTests
{
    [Theory, EveryDatabase]
    public async Task A_first_start_killed_anywhere_leaves_a_start_that_succeeds(string database)
    {
        // As soon as its key is written, the database is opened, something stands in it; then in the midst of the rest.
        await Survives(database, installation => Eventually.Holds(
            () => File.Exists(Path.Combine(installation.DataDirectory, "master.key")), () => "There is no key"));
        await Survives(database, installation => IsThere(installation, 0));
        await Survives(database, installation => IsThere(installation, 1));
        var points = Soak.Times(1, 100);
        for (var i = 1; i <= points; i++)
        {
            var moment = TimeSpan.FromSeconds(0.1 + (0.9 * i / (points + 1)));
            var started = Stopwatch.GetTimestamp();
            await Survives(database, _ => Eventually.Holds(
                () => Stopwatch.GetElapsedTime(started) >= moment, () => "Time stands still"));
        }
    }

    private static async Task Survives(string database, Func<Installation, Task> moment)
    {
        using var installation = await Installation.Create(database);
        await using (var process = await installation.Launch())
        {
            await moment(installation);
            await process.Kill();
        }

        await using var server = await installation.Start();
        using var ready = await server.Http.GetAsync("/readyz", TestContext.Current.CancellationToken);
        Assert.True(ready.IsSuccessStatusCode, server.Output);
        await new Person().Begin(server);
    }

    /// <summary>Waits for the database: that it is opened at all (0), or for its first table or page (1).</summary>
    private static Task IsThere(Installation installation, int content) => installation.Database is { } address
        ? Eventually.Get(async () => await Count(address) >= content ? "there" : null, () => "No table appears")
        : Eventually.Holds(
            () => Directory.CreateDirectory(installation.DataDirectory).GetFiles("gatehouse.db*")
                .Any(file => file.Length >= content),
            () => "No file appears");

    /// <summary>How many tables there are; -1 while nobody else has opened the database.</summary>
    private static async Task<int> Count(string address)
    {
        await using var connection = new NpgsqlConnection(address);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT (SELECT count(*) FROM pg_tables WHERE schemaname = 'public')
                - CASE WHEN EXISTS (SELECT 1 FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()) THEN 0 ELSE 1 END
            """;
        return Convert.ToInt32(
            await command.ExecuteScalarAsync(TestContext.Current.CancellationToken),
            System.Globalization.CultureInfo.InvariantCulture);
    }
}
