using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class SshKeyTests
{
    private const string Blob = "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    private const string Key = $"ssh-ed25519 {Blob} ann";

    [Fact]
    public async Task Person_gets_a_table()
    {
        await using var server = LoopbackServer.Always($$"""[{"id":7,"key":"{{Key}}"},{"id":8,"key":"odd"}]""");
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal(new Ran(0, """
            ID  Type         Key                        Comment
            7   ssh-ed25519  …KLsabgH5C9okWi0dh2l9GKJl  ann
            8   odd

            """, ""), await machine.Run("ssh_keys"));
    }

    [Theory]
    [InlineData(false, "[]\n")]
    [InlineData(true, "No SSH keys.\n")]
    public async Task No_keys_are_said_to_be_none(bool hasPerson, string output)
    {
        await using var server = LoopbackServer.Always("[]");
        using var machine = Machine.LoggedIn(server, hasPerson);

        Assert.Equal(new Ran(0, output, ""), await machine.Run("account:ssh_keys"));
    }

    [Theory]
    [InlineData("account:ssh_keys:add", Key)]
    [InlineData("add_ssh_key", "ssh-ed25519", Blob, "ann")]
    public async Task Key_is_added_in_quotes_or_not(params string[] words)
    {
        await using var server = new LoopbackServer(_ => new Reply(201, ""));
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(new Ran(0, "", "The SSH key is added.\n"), await machine.Run(words));
        Assert.Equal("POST /api/ssh_keys", Assert.Single(server.Requests).Line);
        Assert.Equal(Key, server.Requests.Single().Field("ssh_key"));
    }

    [Fact]
    public async Task Key_comes_from_a_file()
    {
        await using var server = new LoopbackServer(_ => new Reply(201, ""));
        using var machine = Machine.LoggedIn(server);
        var file = machine.FilePath("id.pub");
        await File.WriteAllTextAsync(file, $"{Key}\n", TestContext.Current.CancellationToken);

        Assert.Equal(0, (await machine.Run("account:ssh_keys:add", "--file", file)).ExitCode);
        Assert.Equal(Key, Assert.Single(server.Requests).Field("ssh_key"));
    }

    [Fact]
    public async Task Private_key_stays_where_it_is()
    {
        await using var server = new LoopbackServer(_ => new Reply(201, ""));
        using var machine = Machine.LoggedIn(server);
        var file = machine.FilePath("id");
        await File.WriteAllTextAsync(
            file, "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n", TestContext.Current.CancellationToken);

        var ran = await machine.Run("account:ssh_keys:add", "--file", file);

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("the one ending in .pub", ran.Error);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("account:ssh_keys:add")]
    [InlineData("account:ssh_keys:add", "ssh-rsa", "--file", "x")]
    [InlineData("account:ssh_keys:remove")]
    public async Task One_key_is_needed(params string[] words) =>
        Assert.Equal(2, (await new Machine().Run(words)).ExitCode);

    [Fact]
    public async Task Key_is_removed_by_its_id()
    {
        await using var server = new LoopbackServer(request => request.Field("id") == "7"
            ? new Reply(200, "")
            : Reply.Refusal(404, "", "Not found"));
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(new Ran(0, "", "The SSH key 7 is removed.\n"), await machine.Run("delete_ssh_key", "7"));
        var request = Assert.Single(server.Requests);
        Assert.Equal("""DELETE /api/ssh_keys {"id":"7"}""", $"{request.Line} {request.Body}");
        Assert.Equal(
            new Ran(1, "", "There is no SSH key 9.\n`gatehouse account:ssh_keys` lists them.\n"),
            await machine.Run("account:ssh_keys:remove", "9"));
    }

    [Fact]
    public async Task Refusal_is_told()
    {
        await using var server = new LoopbackServer(_ => Reply.Refusal(422, "ssh_key", "has already been taken"));
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(
            new Ran(7, "", "SSH key has already been taken.\n"), await machine.Run("account:ssh_keys:add", Key));
    }
}
