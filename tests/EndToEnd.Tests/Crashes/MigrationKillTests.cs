using System.Diagnostics;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Crashes;

public class MigrationKillTests
{
    [Theory, EveryDatabase]
    public async Task A_first_start_killed_anywhere_leaves_a_start_that_succeeds(string database)
    {
        var points = Soak.Times(10, 100);
        var first = TimeSpan.FromSeconds(0.1);
        for (var i = 0; i < points; i++)
        {
            using var installation = await Installation.Create(database);
            await KillAfter(first + (i * TimeSpan.FromSeconds(0.9) / (points - 1)), installation);

            await using var server = await installation.Start();
            using var ready = await server.Http.GetAsync("/readyz", TestContext.Current.CancellationToken);
            Assert.True(ready.IsSuccessStatusCode, server.Output);
            var person = new Person();
            await person.Begin(server);
        }
    }

    private static async Task KillAfter(TimeSpan moment, Installation installation)
    {
        var started = Stopwatch.GetTimestamp();
        await using var process = await installation.Launch();
        await Eventually.Holds(() => Stopwatch.GetElapsedTime(started) >= moment, () => "Time stands still");
        await process.Kill();
    }
}
