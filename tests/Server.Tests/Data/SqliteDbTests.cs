using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Data;

/// <summary>SQLite keeps what it confirmed, forgets what was deleted, and takes no wrong types.</summary>
public sealed class SqliteDbTests
{
    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("secure_delete", "1")]
    [InlineData("foreign_keys", "1")]
    public async Task Every_connection_has_the_pragma(string name, string value)
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        for (var i = 0; i < 3; i++) Assert.Equal(value, await Scalar(server, $"PRAGMA {name}"));
    }

    [Fact]
    public async Task Version_is_one_without_the_known_corruption()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        Assert.True(Version.Parse((await Scalar(server, "SELECT sqlite_version()"))!) >= new Version(3, 51, 3));
    }

    [Fact]
    public async Task Every_table_of_ours_is_strict()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        Assert.Equal("", await Scalar(server, """
            SELECT coalesce(group_concat(name), '') FROM pragma_table_list
            WHERE schema = 'main' AND strict = 0 AND substr(name, 1, 6) <> 'sqlite' AND substr(name, 1, 2) <> '__'
            """));
        var tables = await server.Ask<Db, int>(db => Task.FromResult(db.Model.GetEntityTypes().Count()));
        Assert.Equal($"{tables}", await Scalar(server, """
            SELECT count(*) FROM pragma_table_list WHERE strict = 1 AND substr(name, 1, 2) <> '__'
            """));
    }

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("9223372036854775807 + 1")]
    [InlineData("1.5")]
    [InlineData("'many'")]
    public async Task Number_that_is_none_is_refused(string number)
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var ada = await server.SignUp();
        await server.GiveCredits(ada.Email, nanos: 1);
        var error = await Assert.ThrowsAsync<SqliteException>(
            () => Scalar(server, $"UPDATE ledger_accounts SET balance = {number}"));
        Assert.Equal(19, error.SqliteErrorCode);
    }

    private static Task<string?> Scalar(TestServer server, string text) => server.Ask<Db, string?>(async db =>
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = text;
        return (await command.ExecuteScalarAsync())?.ToString();
    });
}
