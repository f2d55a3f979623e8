using Gatehouse.EndToEnd.Tests.Harness;
using Npgsql;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.HarnessTests;

public class PostgresServerTests
{
    [Fact]
    public async Task It_answers_queries_and_writes_durably()
    {
        await using var connection = await Connect(await (await TestRun.Postgres).CreateDatabase());

        Assert.Equal("on", await Ask(connection, "SHOW fsync"));
        Assert.Equal("UTF8", await Ask(connection, "SHOW server_encoding"));
        Assert.Equal("42", await Ask(connection, "SELECT (6 * 7)::text"));
    }

    [Fact]
    public async Task Every_test_has_a_database_of_its_own()
    {
        var postgres = await TestRun.Postgres;
        await using var mine = await Connect(await postgres.CreateDatabase());
        await using var other = await Connect(await postgres.CreateDatabase());
        await Ask(mine, "CREATE TABLE only_here (id int)");

        Assert.Equal("1", await Ask(mine, "SELECT count(*)::text FROM pg_tables WHERE tablename = 'only_here'"));
        Assert.Equal("0", await Ask(other, "SELECT count(*)::text FROM pg_tables WHERE tablename = 'only_here'"));
    }

    [Fact]
    public async Task One_that_is_killed_answers_no_more()
    {
        await using var postgres = await PostgresServer.Start();
        var database = await postgres.CreateDatabase();
        await postgres.Process.Kill();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Connect(database));
    }

    private static async Task<NpgsqlConnection> Connect(string database)
    {
        var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

#pragma warning disable CA2100 // The only callers are above, with constants.
    private static async Task<string?> Ask(NpgsqlConnection connection, string query)
    {
        await using var command = new NpgsqlCommand(query, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as string;
    }
#pragma warning restore CA2100
}
