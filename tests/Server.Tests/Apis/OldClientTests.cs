using Gatehouse.Tests.Harness;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.Apis;

/// <summary>Clients that are too old learn which version they need and where it is (wire 7.6; contract 2).</summary>
public sealed class OldClientTests
{
    private static readonly (string, string)[] Settings =
        [("Cli:MinimumVersion", "99"), ("Cli:LatestVersion", "100.1")];

    [Fact]
    public async Task Our_own_command_line_is_refused_by_its_version_on_both_dialects_and_others_never()
    {
        await using var server = await TestServer.Start(Engine.Sqlite, Settings);
        string[] served = ["GatehouseCLI/99.0.0", "GigalixirCLI/1.1.0", "curl/8.5.0", "GatehouseCLI/x"];
        foreach (var what in (string[])["POST /api/login", "GET /api/users", "GET /v2/systems/check", "GET /v2/x"])
        {
            var old = await server.Call(what, headers: [("User-Agent", "GatehouseCLI/98.9.9 (linux)")]);
            Assert.Equal((what, 426), (what, old.Status));
            Assert.Contains("needs version 99.0 of the command line or a newer one", old.Body, Ordinal);
            Assert.Contains($"{TestServer.PublicUrl}/docs/cli#cli-upgrade", old.Body, Ordinal);
            Assert.Equal(("99.0", "100.1"), (old.Headers["x-minimum-version"], old.Headers["x-latest-version"]));
            foreach (var agent in served)
                Assert.NotEqual(426, (await server.Call(what, headers: [("User-Agent", agent)])).Status);
        }
    }

    [Fact]
    public async Task No_version_is_named_where_none_is_set()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var answer = await server.Call("GET /api/users", headers: [("User-Agent", "GatehouseCLI/0.0.1")]);
        Assert.Equal(401, answer.Status);
        Assert.DoesNotContain(answer.Headers.Keys, name => name.EndsWith("-version", OrdinalIgnoreCase));
    }

    [Theory, EveryDatabase]
    public async Task Password_where_a_key_belongs_changes_nothing_and_is_answered_with_what_to_do(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        var basic = SignUpSteps.Basic(ada.Email, ada.Password);
        (string What, object? Body)[] requests =
        [
            ("PATCH /api/users", new { new_password = "another horse battery" }),
            ("DELETE /api/users", new { email = ada.Email }),
            ("POST /api/api_keys", null),
        ];
        foreach (var (what, body) in requests)
        {
            var answer = await server.Call(what, body, authorization: basic);
            Assert.Equal((what, 426), (what, answer.Status));
            Assert.Contains("""{"errors":{"":["This command line is too old""", answer.Body, Ordinal);
            Assert.Contains("upgrade it to 1.2 or newer", answer.Body, Ordinal);
        }

        Assert.Equal(200, await server.StatusOfKey(ada.Email, ada.Key));
        Assert.Equal(200, (await server.LogIn(ada.Email, ada.Password)).Status);
    }
}
