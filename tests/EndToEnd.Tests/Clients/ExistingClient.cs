using System.Text.Json;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Clients;

/// <summary>What came back to the existing client, and what it had sent.</summary>
public sealed record Exchange(
    int Status,
    bool Redirected,
    Dictionary<string, string> Headers,
    Dictionary<string, string> Sent,
    JsonElement? Body)
{
    /// <summary>A text below <c>data</c>.</summary>
    public string Data(string name) => Body!.Value.GetProperty("data").GetProperty(name).GetString()!;
}

/// <summary>
/// The HTTP library of the original command line, used as that uses it (existing_client.py), with a home directory and
/// so a netrc of its own.
/// </summary>
public sealed class ExistingClient(Uri server) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly TemporaryFolder home = new();

    /// <summary>Writes the netrc as the original does after a log-in.</summary>
    public void StoreLogin(string email, string key) => File.WriteAllText(
        home[".netrc"], $"machine {server.Host}\n\tlogin {email}\n\tpassword {key}\n");

    /// <summary>Sends a request with whatever credentials the netrc has; <c>""</c> is an empty body.</summary>
    public Task<Exchange> Send(string method, string path, object? body = null) =>
        Run(method, path, body is null ? [] : ["--body", body as string ?? JsonSerializer.Serialize(body)]);

    /// <summary>Asks <c>GET /api/login</c> with credentials in the original's encoding.</summary>
    public Task<Exchange> LogIn(string email, string password) =>
        Run("GET", "/api/login", "--login", email, password);

    /// <inheritdoc/>
    public void Dispose() => home.Dispose();

    private async Task<Exchange> Run(string method, string path, params string[] options)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Clients", "existing_client.py");
        var outcome = await ChildProcess.Run(
            Component.PythonRequests.Need(),
            [script, method, new Uri(server, path).ToString(), .. options],
            home.Path,
            [KeyValuePair.Create("HOME", (string?)home.Path)]);
        Assert.True(outcome.ExitCode == 0, outcome.Stderr);
        return JsonSerializer.Deserialize<Exchange>(outcome.Stdout, Json)!;
    }
}
