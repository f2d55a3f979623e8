using System.Net.Sockets;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Crashes;

public class StopTests
{
    [Theory, EveryDatabase]
    public async Task A_request_in_flight_is_answered_before_the_server_ends(string database)
    {
        await using var server = await GatehouseServer.Start(database);
        var person = new Person();
        var body = $$"""{"email":"{{person.Email}}"}""";
        await using var request = await RawRequest.Open(server.Url);
        await request.Send(
            $"POST /api/signup HTTP/1.1\r\nHost: gate\r\nContent-Length: {body.Length}\r\n\r\n{body[..5]}");
        Assert.Equal("HTTP/1.1 200", (await Ask(server, "/healthz"))[..12]);

        await server.Signal("TERM");
        await Eventually.Get(() => Refused(server), () => "It goes on accepting connections");
        await request.Send(body[5..]);
        var answer = await request.Answer();
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("\"uuid\"", answer, StringComparison.Ordinal);
        Assert.Equal(0, await server.Exit());

        await using var restarted = await server.StartAnother();
        await restarted.Mailbox.Next(person.Email, "confirm");
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task An_idle_server_ends_at_once(string signal)
    {
        await using var server = await GatehouseServer.Start();
        await using var idle = await RawRequest.Open(server.Url);
        await server.Signal(signal);

        Assert.Equal(0, await server.Exit());
        Assert.DoesNotContain("Unhandled", server.Output, StringComparison.Ordinal);
    }

    private static async Task<string> Ask(GatehouseServer server, string path)
    {
        await using var request = await RawRequest.Open(server.Url);
        await request.Send($"GET {path} HTTP/1.1\r\nHost: gate\r\nConnection: close\r\n\r\n");
        return await request.Answer();
    }

    private static async Task<string?> Refused(GatehouseServer server)
    {
        try
        {
            await using var request = await RawRequest.Open(server.Url);
            return null;
        }
        catch (SocketException)
        {
            return "refused";
        }
    }
}
