using System.Net;
using System.Net.Sockets;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Gateways;

/// <summary>No message goes where nobody but us should reach (T69).</summary>
public sealed class WebhookGatewayTests
{
    /// <summary>Addresses as somebody may type them; PORT is one on which something listens here.</summary>
    private static readonly string[] Targets =
    [
        "127.0.0.1:PORT", "127.1:PORT", "127.0.0.2:PORT", "2130706433:PORT", "0x7f000001:PORT", "0x7f.1:PORT",
        "0177.0.0.1:PORT", "017700000001:PORT", "localhost:PORT", "LOCALHOST.:PORT", "0.0.0.0:PORT", "0:PORT",
        "[::1]:PORT", "[::]:PORT", "[::ffff:127.0.0.1]:PORT", "[::ffff:7f00:1]:PORT", "[0:0:0:0:0:0:0:1]:PORT",
        "10.0.0.1", "10.255.255.254", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.255.254",
        "100.64.0.1", "100.100.100.200", "169.254.0.1", "169.254.169.254", "[::ffff:169.254.169.254]", "192.0.0.192",
        "168.63.129.16", "198.18.0.1", "192.0.2.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255",
        "240.0.0.1", "255.255.255.255", "[fc00::1]", "[fd00:ec2::254]", "[fe80::1]", "[fec0::1]", "[ff02::1]",
        "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]", "[2001::1]", "[2001:db8::1]", "[::7f00:1]",
    ];

    [Fact]
    public async Task Nothing_is_sent_to_addresses_that_are_not_public()
    {
        using var listener = Listen();
        using var gateway = Gateway(Dns.GetHostAddressesAsync);
        Assert.InRange(Targets.Length, 45, 100);
        foreach (var target in Targets)
        {
            foreach (var scheme in (string[])["http", "https"])
            {
                var url = $"{scheme}://{target.Replace("PORT", $"{PortOf(listener)}", StringComparison.Ordinal)}/";
                var answer = await Post(gateway, url);
                Assert.Null(answer.Status);
                // A name of this machine need not be known to it in every spelling.
                if (answer.Failure != "no connection: HostNotFound" || !target.Contains("HOST"))
                    Assert.EndsWith("is not public, and not in Webhooks:AllowedNetworks", answer.Failure);
            }
        }

        Assert.False(listener.Pending(), "Somebody connected.");
    }

    /// <summary>A name that is public when it is looked at, and not when it is connected to.</summary>
    [Fact]
    public async Task Name_that_changes_its_address_leads_nowhere()
    {
        using var listener = Listen();
        var asked = 0;
        using var gateway = Gateway((_, _) => Task.FromResult<IPAddress[]>(
            [Interlocked.Increment(ref asked) % 2 == 1 ? IPAddress.Loopback : IPAddress.Parse("10.0.0.1")]));
        for (var i = 0; i < 10; i++)
            Assert.Null((await Post(gateway, $"https://rebinding.example.org:{PortOf(listener)}/")).Status);
        Assert.Equal(10, asked);
        Assert.False(listener.Pending(), "Somebody connected.");
    }

    [Fact]
    public async Task One_address_of_ours_among_public_ones_is_enough_to_refuse()
    {
        using var listener = Listen();
        using var gateway = Gateway((_, _) => Task.FromResult<IPAddress[]>(
            [IPAddress.Parse("8.8.8.8"), IPAddress.Loopback]));
        var answer = await Post(gateway, $"https://both.example.org:{PortOf(listener)}/");
        Assert.Equal("127.0.0.1 is not public, and not in Webhooks:AllowedNetworks", answer.Failure);
        Assert.False(listener.Pending(), "Somebody connected.");
    }

    [Fact]
    public async Task Public_address_is_reached_by_https_alone()
    {
        using var gateway = Gateway((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("8.8.8.8")]));
        var answer = await Post(gateway, "http://platform.example.org/");
        Assert.Equal("8.8.8.8 is public, and reached by https alone", answer.Failure);
        Assert.True(gateway.MayReach(IPAddress.Parse("8.8.8.8"), isSecure: true));
        Assert.True(gateway.MayReach(IPAddress.Parse("2a00:1450:4001:82a::200e"), isSecure: true));
    }

    [Fact]
    public async Task Redirect_is_not_followed()
    {
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answer = _ => 302;
        using var gateway = Gateway(Dns.GetHostAddressesAsync, "127.0.0.0/8");
        Assert.Equal(302, (await Post(gateway, receiver.Url)).Status);
        Assert.Single(receiver.Messages);
    }

    [Fact]
    public async Task Allowed_network_is_reached_and_its_neighbours_are_not()
    {
        await using var receiver = await WebhookReceiver.Start();
        using var gateway = Gateway(Dns.GetHostAddressesAsync, "127.0.0.1/32");
        Assert.True((await Post(gateway, receiver.Url)).IsTaken);
        Assert.True((await Post(gateway, receiver.Url.Replace("127.0.0.1", "[::ffff:127.0.0.1]"))).IsTaken);
        Assert.Null((await Post(gateway, receiver.Url.Replace("127.0.0.1", "127.0.0.2"))).Status);
        Assert.Equal(2, receiver.Messages.Count);
    }

    /// <summary>An answer without an end is not read to it.</summary>
    [Fact]
    public async Task Status_is_all_that_is_read_of_an_answer()
    {
        using var listener = Listen();
        using var gateway = Gateway(Dns.GetHostAddressesAsync, "127.0.0.0/8");
        var answering = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nmore\r\n"u8.ToArray());
            return await stream.ReadAsync(new byte[1]);
        });
        Assert.True((await Post(gateway, $"http://127.0.0.1:{PortOf(listener)}/")).IsTaken);
        await answering;
    }

    private static WebhookGateway Gateway(
        Func<string, CancellationToken, Task<IPAddress[]>> resolve, params string[] allowed) =>
        new(new Settings { Webhooks = new WebhookSettings { AllowedNetworks = allowed } }, resolve);

    private static Task<WebhookAnswer> Post(WebhookGateway gateway, string url) => gateway.Post(
        new WebhookPost(new Uri(url), "msg_1", DateTime.UnixEpoch, [WebhookSecret.Generate()], "{}"),
        TestContext.Current.CancellationToken);

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.IPv6Any, 0);
        listener.Server.DualMode = true;
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
