using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Platform;

/// <summary>Alive is not yet ready.</summary>
public sealed class HealthTests
{
    [Theory, EveryDatabase]
    public async Task Node_whose_clock_is_wrong_is_alive_but_not_ready(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        Assert.Equal(200, (await server.Call("GET /healthz")).Status);
        var answer = await server.Call("GET /readyz");
        Assert.Equal(503, answer.Status);
        Assert.Contains("clock", answer.Body, StringComparison.Ordinal);
        server.Pass(TimeProvider.System.GetUtcNow().UtcDateTime - server.Now);
        Assert.Equal(200, (await server.Call("GET /readyz")).Status);
    }
}
