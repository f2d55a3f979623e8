using Xunit;

namespace Gatehouse.Tests.Harness;

/// <summary>The harness does what the other tests rely on.</summary>
public sealed class HarnessTests
{
    [Theory, EveryDatabase]
    public async Task Whole_sign_up_gives_an_account(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        var shown = await server.Call("GET /api/users", authorization: ada.Basic);
        Assert.Equal((200, ada.Email, ada.Key), (shown.Status, shown.Data("email"), shown.Data("api_key")));
        Assert.Equal(200, (await server.LogIn(ada.Email, ada.Password)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Twin_shares_the_database(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await server.SignUp();
        Assert.Equal(200, await twin.StatusOfKey(ada.Email, ada.Key));
    }

    [Theory, EveryDatabase]
    public async Task Clock_moves_both_ways(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        server.Pass(TimeSpan.FromDays(2));
        server.Pass(TimeSpan.FromDays(-1));
        Assert.Equal(TestServer.Beginning.AddDays(1).UtcDateTime, server.Now);
    }

    [Theory]
    [InlineData("/usr/bin", "", "", 2, false)]
    [InlineData("/usr/bin", "true", "", 2, false)]
    [InlineData(null, "", "", 2, true)]
    [InlineData(null, "true", "", 2, false)] // It runs, and fails for want of PostgreSQL.
    [InlineData(null, "true", "1", 1, false)]
    public void Missing_database_is_skipped_where_people_work_and_fails_in_CI(
        string? programs, string ci, string fast, int rows, bool isSkipped)
    {
        var found = EveryDatabaseAttribute.Rows(programs, name => name == "CI" ? ci : fast).ToList();
        Assert.Equal((rows, isSkipped), (found.Count, found.Exists(row => row.Skip is not null)));
    }

    [Theory, EveryDatabase]
    public async Task Statements_are_counted_where_they_happen(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var other = await TestServer.Start(engine);
        using var count = new CommandCount(server);
        await other.SignUp();
        Assert.Equal(0, count.Value);
        await server.LogIn("nobody@example.org", "whatever it is");
        Assert.NotEqual(0, count.Value);
    }
}
