using System.Net;
using System.Net.Sockets;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Guesses from many places at once (T36, T41).</summary>
[Costly]
public sealed class LoginFloodTests
{
    private const string Email = "ada@example.org";
    private const string Home = "127.200.1.7";

    [Theory, EveryDatabase]
    public async Task Guesses_from_many_addresses_at_once_are_evaluated_ten_times_and_the_owner_gets_in(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Accounts:Hashing:Queue", "1000"));
        var ada = await server.SignUp(Email);
        Assert.Equal(HttpStatusCode.OK, await LogInFrom(server, Home, ada.Password));
        var before = server.Hashing.Computed;
        var places = Enumerable.Range(0, Soak.Times(300, 1000)).Select(i => $"127.{1 + (i / 250)}.{i % 250}.1");
        var answers = await Task.WhenAll(
            places.Select(place => LogInFrom(server, place, "a wrong password")));
        var evaluated = server.Hashing.Computed - before;
        Assert.InRange(evaluated, 1, 10);
        Assert.Equal(evaluated, answers.Count(status => status == HttpStatusCode.Unauthorized));
        HttpStatusCode[] refusals =
            [HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable];
        Assert.All(answers, status => Assert.Contains(status, refusals));
        Assert.Equal(HttpStatusCode.TooManyRequests, await LogInFrom(server, "127.201.1.1", ada.Password));
        Assert.Equal(HttpStatusCode.OK, await LogInFrom(server, "127.200.1.9", ada.Password));
    }

    [Theory, EveryDatabase]
    public async Task Spraying_is_an_alert_once_an_hour_and_guesses_from_home_are_none(Engine engine)
    {
        await using var server = await TestServer.Start(
            engine, ("Limits:FailuresInAnHour", "12"), ("Limits:PasswordPerNetwork", "0"),
            ("Limits:PasswordPerAccount", "0"));
        var ada = await server.SignUp(Email);
        using var meters = new Meters(server);
        await server.LogIn(Email, ada.Password, Home);
        for (var i = 0; i < 15; i++) await server.LogIn(Email, "a wrong password", Home);
        Assert.Equal((0, 0), Alerts(server, meters));
        await Spray(server);
        Assert.Equal((1, 1), Alerts(server, meters));
        server.Pass(TimeSpan.FromHours(1));
        await Spray(server);
        Assert.Equal((2, 2), Alerts(server, meters));
        // Home is a place of its own, with as many.
        Assert.Equal(3 * 12, meters.Read("gatehouse.passwords wrong"));
        Assert.Equal(2 * (20 - 12) + (15 - 12), meters.Read("gatehouse.passwords limited"));
        Assert.Equal(1, meters.Read("gatehouse.passwords right"));
    }

    private static async Task Spray(TestServer server)
    {
        for (var i = 0; i < 20; i++)
            await server.LogIn($"b{i}@example.org", "one password for all", $"198.51.{i}.1");
    }

    /// <summary>In the log, and among the figures.</summary>
    private static (int Logged, long Counted) Alerts(TestServer server, Meters meters)
    {
        var logged = server.Log.Text.Split('\n')
            .Where(line => line.StartsWith("Critical", StringComparison.Ordinal))
            .Count(line => line.Contains("login.alert", StringComparison.Ordinal));
        return (logged, meters.Read("gatehouse.passwords.alerts"));
    }

    /// <summary>A log-in over a connection that really comes from another address of this machine.</summary>
    private static async Task<HttpStatusCode> LogInFrom(TestServer server, string place, string password)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, ConnectCallback = Connect };
        using var client = new HttpClient(handler) { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(3) };
        using var content = new StringContent($$"""{"email":"{{Email}}","password":"{{password}}"}""");
        using var answer = await client.PostAsync(new Uri("/api/login", UriKind.Relative), content);
        return answer.StatusCode;

        async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(place), 0));
            await socket.ConnectAsync(context.DnsEndPoint, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
    }
}
