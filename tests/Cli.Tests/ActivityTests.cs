using System.Globalization;
using System.Text.Json;
using System.Web;
using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class ActivityTests
{
    [Fact]
    public async Task Person_gets_a_table_newest_first()
    {
        await using var server = ServerWith(entries: 2);
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal(new Ran(0, """
            Entry  Time (UTC)        Event        From       With
            2      2026-11-22 23:09  key.created  127.0.0.1  Žofie/1.0
            1      2026-11-22 23:09  key.created  127.0.0.1  Žofie/1.0

            """, ""), await machine.Run("account:activity"));
        Assert.Equal("GET /api/activity?limit=100", Assert.Single(server.Requests).Line);
    }

    [Theory]
    [InlineData("1", "limit=1")]
    [InlineData("2500", "limit=1000", "limit=1000&before=1501", "limit=500&before=501")]
    [InlineData("5000", "limit=1000", "limit=1000&before=1501", "limit=1000&before=501")]
    public async Task Script_gets_as_many_as_it_wants(string limit, params string[] queries)
    {
        await using var server = ServerWith(entries: 2500);
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run("account:activity", "--limit", limit);

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal(
            Math.Min(2500, int.Parse(limit, CultureInfo.InvariantCulture)),
            JsonDocument.Parse(ran.Output).RootElement.GetArrayLength());
        Assert.Equal(queries.Select(query => $"/api/activity?{query}"), server.Requests.Select(sent => sent.Target));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task Limit_is_a_number_from_1_on(string limit)
    {
        using var machine = new Machine();

        var ran = await machine.Run("account:activity", "--limit", limit);

        Assert.Equal(2, ran.ExitCode);
        Assert.StartsWith("--limit takes a number from 1 on.\n", ran.Error);
    }

    [Fact]
    public async Task Export_is_printed_as_json_even_to_a_person()
    {
        await using var server = LoopbackServer.Always("""{"email":"ann@example.com","activity":[]}""");
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal(
            new Ran(0, "{\n  \"activity\": [],\n  \"email\": \"ann@example.com\"\n}\n", ""),
            await machine.Run("account:export"));
        Assert.Equal("GET /api/export", Assert.Single(server.Requests).Line);
    }

    [Fact]
    public async Task Export_goes_to_a_file_for_its_owner_alone_and_proves_itself()
    {
        await using var server = new LoopbackServer(_ => Reply.Data(ChainWriter.Export(ChainWriter.Write(5))));
        using var machine = Machine.LoggedIn(server);
        var file = machine.FilePath("export.json");
        await File.WriteAllTextAsync(file, "older", TestContext.Current.CancellationToken);

        var exported = await machine.Run("account:export", "-o", file);
        var verified = await machine.Run("account:activity", "--verify", file);

        Assert.Equal((0, ""), (exported.ExitCode, exported.Output));
        Assert.Equal(0, verified.ExitCode);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Key_without_the_scope_is_refused()
    {
        await using var server = new LoopbackServer(_ => Reply.Refusal(403, "", "This API key was not made for that."));
        using var machine = Machine.LoggedIn(server);

        var expected = new Ran(5, "", "This API key was not made for that.\n");
        Assert.Equal(expected, await machine.Run("account:activity"));
        Assert.Equal(expected, await machine.Run("account:export"));
    }

    /// <summary>A server that pages as the real one does.</summary>
    private static LoopbackServer ServerWith(int entries)
    {
        var all = ChainWriter.Write(entries);
        return new LoopbackServer(request =>
        {
            var query = HttpUtility.ParseQueryString(request.Target.Split('?')[1]);
            var before = int.Parse(query["before"] ?? $"{entries + 1}", CultureInfo.InvariantCulture);
            var limit = int.Parse(query["limit"]!, CultureInfo.InvariantCulture);
            return Reply.Data(ChainWriter.Activity(all.Take(before - 1).TakeLast(limit)));
        });
    }
}
