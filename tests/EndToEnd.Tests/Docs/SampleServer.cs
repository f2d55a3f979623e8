using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Docs;

/// <summary>The server that all languages work with: everybody comes from one address, quickly.</summary>
public sealed class SampleServer : IAsyncLifetime
{
    /// <summary>The server.</summary>
    public GatehouseServer Server { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Server = await GatehouseServer.Start(
        "sqlite",
        ("Limits:SignUpsPerAddress", "0"),
        ("Limits:MailsPerEmailInAnHour", "0"),
        ("Limits:MailRequestsPerAddress", "0"));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
