using System.Runtime.Versioning;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

[assembly: AssemblyFixture(typeof(TestRun))]
[assembly: SupportedOSPlatform("linux")]
[assembly: SupportedOSPlatform("macos")]

namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>What is started once, by the first test that asks for it, and stopped after the last test.</summary>
public sealed class TestRun : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> LazyPostgres = new(() => PostgresServer.Start());
    private static readonly Lazy<Task<Browser>> LazyBrowser = new(() => Harness.Browser.Start());

    /// <summary>The database server; every test makes a database of its own in it.</summary>
    public static Task<PostgresServer> Postgres
    {
        get
        {
            Component.Postgres.Need();
            return LazyPostgres.Value;
        }
    }

    /// <summary>The browser; every test opens a profile of its own in it.</summary>
    public static Task<Browser> Browser
    {
        get
        {
            Component.Chromium.Need();
            return LazyBrowser.Value;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stop(LazyPostgres);
        await Stop(LazyBrowser);
    }

    /// <summary>What did not start has failed its tests already and needs no stopping.</summary>
    private static async Task Stop<T>(Lazy<Task<T>> lazy)
        where T : IAsyncDisposable
    {
        if (lazy is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } started })
            await (await started).DisposeAsync();
    }
}
