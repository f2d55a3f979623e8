using Gatehouse.EndToEnd.Tests.Harness;

namespace Gatehouse.EndToEnd.Tests.Nodes;

/// <summary>Two nodes on one PostgreSQL, for tests that bring people of their own.</summary>
public sealed class TwoNodes : IAsyncDisposable
{
    private readonly Lazy<Task<(GatehouseServer One, GatehouseServer Other)>> started = new(Start);

    /// <summary>Both, ready.</summary>
    public Task<(GatehouseServer One, GatehouseServer Other)> Both => started.Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (started is not { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            return;
        var (one, other) = await started.Value;
        await other.DisposeAsync();
        await one.DisposeAsync();
    }

    private static async Task<(GatehouseServer One, GatehouseServer Other)> Start()
    {
        var one = await GatehouseServer.Start("postgres");
        return (one, await one.StartAnother());
    }
}
