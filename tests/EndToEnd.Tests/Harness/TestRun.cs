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
    private static readonly Lazy<Task<GatehouseServer>> LazyOnSqlite = new(() => StartShared("sqlite"));
    private static readonly Lazy<Task<GatehouseServer>> LazyOnPostgres = new(() => StartShared("postgres"));

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

    /// <summary>
    /// The server for tests that do nothing to it and want nothing special: they bring people of their own, and nobody
    /// counts how many of them come from one address.
    /// </summary>
    public static Task<GatehouseServer> Server(string database = "sqlite") =>
        database == "postgres" ? LazyOnPostgres.Value : LazyOnSqlite.Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stop(LazyOnSqlite);
        await Stop(LazyOnPostgres);
        await Stop(LazyPostgres);
        await Stop(LazyBrowser);
    }

    private static Task<GatehouseServer> StartShared(string database) => GatehouseServer.Start(
        database,
        ("Limits:SignUpsPerAddress", "0"),
        ("Limits:MailRequestsPerAddress", "0"),
        ("Limits:FailuresPerAddressIn5Minutes", "0"));

    /// <summary>What did not start has failed its tests already and needs no stopping.</summary>
    private static async Task Stop<T>(Lazy<Task<T>> lazy)
        where T : IAsyncDisposable
    {
        if (lazy is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } started })
            await (await started).DisposeAsync();
    }
}
