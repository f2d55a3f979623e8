using System.Diagnostics;
using System.Net;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Outages;

[Costly]
public class SlowClientTests
{
    // Their own work on the same machine counts too; alone it is milliseconds.
    private static readonly TimeSpan Bearable = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Those_who_send_a_byte_a_second_stop_nobody_and_are_hung_up_on()
    {
        await using var server = await GatehouseServer.Start();
        var slow = new List<RawRequest>();
        for (var i = 0; i < Soak.Times(200, 2000); i++)
            slow.Add(await RawRequest.Open(server.Url));
        await Task.WhenAll(slow.Select(request => request.Send("GET /healthz HTTP/1.1\r\nHost: gate\r\nX-Slow: ")));

        var (started, sent, worst) = (Stopwatch.GetTimestamp(), 0, TimeSpan.Zero);
        await Eventually.Get(
            async () =>
            {
                worst = Longer(worst, await Health(server));
                if (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(sent))
                    return null;
                sent++;
                var open = await Task.WhenAll(slow.Select(request => request.TrySend("x")));
                return open.Any(stillOpen => stillOpen) ? null : "all hung up on";
            },
            () => "The server goes on listening to them");

        Figures.Note($"/healthz beside {slow.Count} slow clients", $"{worst.TotalMilliseconds:0} ms at most");
        Assert.True(worst < Bearable, $"Somebody else had to wait {worst}");
        foreach (var request in slow)
            await request.DisposeAsync();
    }

    [Theory]
    [InlineData("Content-Length: 1073741824")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task A_body_of_a_gigabyte_is_refused_before_it_is_read(string length)
    {
        var server = await TestRun.Server();
        var started = Stopwatch.GetTimestamp();
        await using var request = await RawRequest.Open(server.Url);
        await request.Send($"POST /api/signup HTTP/1.1\r\nHost: gate\r\n{length}\r\n\r\n");
        var chunk = "4000\r\n" + new string(' ', 0x4000) + "\r\n";
        for (var i = 0; i < 65_536 && await request.TrySend(chunk); i++)
        {
            // On and on, until the server has heard enough.
        }

        var answer = await request.Answer();
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("{\"errors\":{\"\":[", answer, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_header_of_a_megabyte_is_refused()
    {
        var server = await TestRun.Server();
        await using var request = await RawRequest.Open(server.Url);
        await request.Send("GET /api/users HTTP/1.1\r\nHost: gate\r\n");
        for (var i = 0; i < 1024 && await request.TrySend($"X-{i}: {new string('x', 1000)}\r\n"); i++)
        {
            // On and on, until the server has heard enough.
        }

        Assert.StartsWith("HTTP/1.1 431", await request.Answer(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_of_a_megabyte_costs_nothing()
    {
        var server = await TestRun.Server();
        var reply = await server.Http.PostJson(
            "/api/login", new { email = new Person().Email, password = new string('x', 1 << 20) });

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, reply.Status);
    }

    private static async Task<TimeSpan> Health(GatehouseServer server)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await server.Http.GetAsync("/healthz", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Stopwatch.GetElapsedTime(started);
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
