using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Docs;

/// <summary>
/// The server that all languages work with: everybody comes from one address, quickly. Databases are made on a
/// PostgreSQL of its own.
/// </summary>
public sealed class SampleServer : IAsyncLifetime
{
    private PostgresServer? customers;

    /// <summary>The server.</summary>
    public GatehouseServer Server { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Component.Postgres.ReasonToSkip is not null) return; // Each test says so.
        customers = await PostgresServer.Start();
        Server = await GatehouseServer.Start(
            "sqlite",
            ("Databases:Server", customers.Address),
            ("Limits:SignUpsPerAddress", "0"),
            ("Limits:MailsPerEmailInAnHour", "0"),
            ("Limits:MailRequestsPerAddress", "0"));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (customers is null) return;
        await Server.DisposeAsync();
        await customers.DisposeAsync();
    }
}
