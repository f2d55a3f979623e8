using System.Diagnostics;
using Gatehouse.Jobs;
using Gatehouse.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gatehouse.Tests.Features.Databases;

/// <summary>What somebody with a database on the server of customers' databases does.</summary>
internal static class HostingSteps
{
    private const string App = "engine";

    /// <summary>Makes an app and its free database; the id and the address.</summary>
    public static async Task<(string Id, string Url)> MakeFree(
        this TestServer server, Customer who, string app = App)
    {
        await server.MakeApp(who, app);
        var made = await server.Do(who, $"POST /api/apps/{app}/free_databases", new { });
        Assert.Equal("AVAILABLE", made.Data("state"));
        return (made.Data("id"), made.Data("url"));
    }

    /// <summary>The only database of an app, as its owner sees it.</summary>
    public static Task<Answer> ShowDatabase(this TestServer server, Customer who, string app = App) =>
        server.Do(who, $"GET /api/apps/{app}/databases");

    /// <summary>
    /// Runs the jobs until something is so, for a minute at most. It is a minute of the wall: PostgreSQL tells by its
    /// own clock what was added to a database.
    /// </summary>
    public static async Task<bool> WithinAMinute(this TestServer server, Func<Task<bool>> isSo)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        var start = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromMinutes(1)) return false;
            await server.Settle();
            await look.WaitForNextTickAsync();
        }

        return true;
    }

    /// <summary>The jobs that keep the server as it is wanted run.</summary>
    public static async Task Settle(this TestServer server)
    {
        server.Pass(TimeSpan.FromSeconds(10));
        await server.Services.GetRequiredService<JobRunner>().RunDue(CancellationToken.None);
    }
}
