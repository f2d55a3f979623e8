using System.Text;
using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class LogoutTests : IDisposable
{
    private const string OtherEntry = "machine other.example.com login ann password other\n";
    private readonly Machine machine = new();

    public LogoutTests() =>
        machine.WriteNetrc($"{OtherEntry}machine 127.0.0.1\n\tlogin änn@example.com\n\tpassword gate_1\n");

    public void Dispose() => machine.Dispose();

    [Fact]
    public async Task Key_is_revoked_on_the_server_and_forgotten_here()
    {
        await using var server = LoopbackServer.Always("{}");

        var ran = await machine.Run("logout", "--host", server.Address);

        Assert.Equal(new Ran(0, "", $"Logged out of {server.Address}.\n"), ran);
        Assert.Equal(OtherEntry, machine.Netrc);
        var request = Assert.Single(server.Requests);
        Assert.Equal("DELETE /api/login", request.Line);
        var raw = Convert.ToBase64String(Encoding.UTF8.GetBytes("änn@example.com:gate_1"));
        Assert.Equal($"Basic {raw}", request.Header("Authorization"));
    }

    [Fact]
    public async Task Second_time_is_no_error()
    {
        await using var server = LoopbackServer.Always("{}");
        await machine.Run("logout", "--host", server.Address);

        var again = await machine.Run("logout", "--host", server.Address);

        Assert.Equal(new Ran(0, "", $"Already logged out of {server.Address}.\n"), again);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Key_that_is_dead_already_is_just_forgotten()
    {
        await using var server = new LoopbackServer(_ => new Reply(401, "{}"));

        var ran = await machine.Run("logout", "--host", server.Address);

        Assert.Equal(new Ran(0, "", $"Logged out of {server.Address}.\n"), ran);
        Assert.Equal(OtherEntry, machine.Netrc);
    }

    [Fact]
    public async Task Unreachable_server_is_said_and_the_key_is_forgotten_here()
    {
        var ran = await machine.Run("logout", "--host", "http://127.0.0.1:1");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("cannot be reached", ran.Error);
        Assert.Contains("it lives on at http://127.0.0.1:1", ran.Error);
        Assert.Equal(OtherEntry, machine.Netrc);
    }

    [Fact]
    public async Task Default_entry_belongs_to_others()
    {
        machine.WriteNetrc("default login ann password anything\n");

        var ran = await machine.Run("logout");

        Assert.Contains("Already logged out", ran.Error);
        Assert.Equal("default login ann password anything\n", machine.Netrc);
    }
}
