using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Clients;

public sealed class CurlTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task It_logs_in_reads_the_account_with_its_netrc_and_logs_out()
    {
        var server = await TestRun.Server();
        var person = new Person();
        await person.SignUp(server);
        var login = await Curl(server, "/api/login", "--user", $"{person.Email}:{person.Password}");
        Assert.StartsWith("200 {\"data\":{", login, StringComparison.Ordinal);

        var key = login.Split("\"key\":\"")[1].Split('"')[0];
        var netrc = $"machine {server.Url.Host} login {person.Email} password {key}\n";
        await File.WriteAllTextAsync(folder["netrc"], netrc, TestContext.Current.CancellationToken);
        var account = await Curl(server, "/api/users", "--netrc-file", folder["netrc"]);
        Assert.Contains($"\"email\":\"{person.Email}\"", account, StringComparison.Ordinal);
        Assert.StartsWith("200", await End(server), StringComparison.Ordinal);
        Assert.StartsWith("401", await End(server), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("422", "")]
    [InlineData("400", "{")]
    [InlineData("400", "[]")]
    [InlineData("422", "{\"email\":[]}")]
    [InlineData("422", "{\"email\":\"a@example.com\\r\\nBcc: b@example.com\"}")]
    public async Task What_it_sends_by_mistake_is_refused_in_the_envelope(string status, string body)
    {
        var server = await TestRun.Server();
        var answer = await Curl(
            server, "/api/signup", "--header", "Content-Type: application/json", "--data", body);

        Assert.StartsWith($"{status} {{\"errors\":{{", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_of_safety()
    {
        var server = await TestRun.Server();
        foreach (var path in (string[])["/", "/api/users", "/api/nothing", "/nothing", "/healthz", "/confirm?token=x"])
        {
            var answer = await Curl(server, path, "--dump-header", "-");
            Assert.Contains("X-Content-Type-Options: nosniff", answer, StringComparison.Ordinal);
            Assert.Contains("Content-Security-Policy: default-src 'none'", answer, StringComparison.Ordinal);
            Assert.Contains("Referrer-Policy: no-referrer", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("Server:", answer, StringComparison.Ordinal);
        }
    }

    public void Dispose() => folder.Dispose();

    private Task<string> End(GatehouseServer server) =>
        Curl(server, "/api/login", "--request", "DELETE", "--netrc-file", folder["netrc"]);

    /// <summary>The status and the body.</summary>
    private async Task<string> Curl(GatehouseServer server, string path, params string[] options)
    {
        var outcome = await ChildProcess.Run(
            Component.Curl.Need(),
            ["--silent", "--show-error", "--output", folder["body"], "--write-out", "%{http_code}",
                .. options, new Uri(server.Url, path).ToString()],
            folder.Path);
        Assert.True(outcome.ExitCode == 0, outcome.Stderr);
        var body = await File.ReadAllTextAsync(folder["body"], TestContext.Current.CancellationToken);
        return $"{outcome.Stdout.Trim()} {body}";
    }
}
