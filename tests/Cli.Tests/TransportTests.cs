using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class TransportTests : IDisposable
{
    private readonly Machine machine = new();

    public void Dispose() => machine.Dispose();

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_is_never_followed(int status)
    {
        await using var elsewhere = LoopbackServer.Always("{}");
        var location = $"{elsewhere.Address}/api/users";
        await using var server = new LoopbackServer(_ => new Reply(status, "", ("Location", location)));
        machine.WriteNetrc("machine 127.0.0.1 login ann@example.com password gate_1");

        var ran = await machine.Run("account", "--host", server.Address);

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("redirect", ran.Error);
        Assert.Single(server.Requests);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData("http://accounts.example.com")]
    [InlineData("http://localhost.example.com")]
    [InlineData("http://10.0.0.1:5080")]
    [InlineData("http://0.0.0.0:5080")]
    public async Task Plain_http_stays_on_this_machine(string address)
    {
        machine.Set("GATEHOUSE_EMAIL", "ann@example.com").Set("GATEHOUSE_API_KEY", "gate_1");

        foreach (var command in new[] { "account", "login", "signup" })
        {
            var ran = await machine.RunWith(["ann@example.com", "secret"], command, "--host", address);

            Assert.Equal(8, ran.ExitCode);
            Assert.Contains("plain http", ran.Error);
        }
    }

    [Theory]
    [InlineData("accounts.example.com")]
    [InlineData("ftp://accounts.example.com")]
    [InlineData("https://ann:key@accounts.example.com")]
    [InlineData("http://127.0.0.1@evil.example.com")]
    [InlineData("https://accounts.example.com/path")]
    [InlineData("https://accounts.example.com?x=1")]
    [InlineData("https://accounts.example.com#x")]
    [InlineData("")]
    public async Task Address_with_anything_else_in_it_is_refused(string address)
    {
        var ran = await machine.Run("account", "--host", address);

        Assert.Equal(2, ran.ExitCode);
    }

    [Fact]
    public async Task Key_goes_to_the_machine_it_is_for()
    {
        await using var server = LoopbackServer.Always("{}");
        machine.WriteNetrc("machine 127.0.0.1.example.com login a password b\nmachine 27.0.0.1 login a password b\n");

        Assert.Equal(4, (await machine.Run("account", "--host", server.Address)).ExitCode);

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Unreachable_server_is_a_network_error()
    {
        var ran = await machine.RunWith(["a@b.c", "x"], "login", "--host", "http://127.0.0.1:1");

        Assert.Equal(8, ran.ExitCode);
        Assert.Contains("http://127.0.0.1:1 cannot be reached", ran.Error);
    }

    [Fact]
    public async Task Address_comes_from_the_flag_then_the_environment_then_the_last_log_in()
    {
        await using var flag = Greeting();
        await using var ours = Greeting();
        await using var original = Greeting();
        await using var known = Greeting();

        await machine.Run("login", "-e", "a", "-p", "b", "--host", known.Address);
        await machine.Run("account");
        Assert.Equal(2, known.Requests.Count);

        machine.Set("GIGALIXIR_CLI__HOST", original.Address);
        await machine.Run("account");
        Assert.Single(original.Requests);

        machine.Set("GATEHOUSE_HOST", ours.Address + "/");
        await machine.Run("account");
        Assert.Single(ours.Requests);

        await machine.Run("account", "--host", flag.Address);
        Assert.Single(flag.Requests);
        Assert.Equal(2, known.Requests.Count);
    }

    [Fact]
    public async Task Proxy_sees_nothing_of_this_machine()
    {
        await using var proxy = LoopbackServer.Always("{}");
        await using var server = Greeting();
        machine.Set("http_proxy", proxy.Address).Set("all_proxy", proxy.Address);
        using var process = CliProcess.Start(
            machine, "login", "-e", "a", "-p", "b", "--host", server.Address);

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Single(server.Requests);
        Assert.Empty(proxy.Requests);
    }

    [Fact]
    public async Task Nothing_known_means_this_machine()
    {
        Assert.Contains("at http://127.0.0.1:5080;", (await machine.Run("account")).Error);
    }

    private static LoopbackServer Greeting() => LoopbackServer.Always("""{"key":"gate_1","email":"ann@example.com"}""");
}
