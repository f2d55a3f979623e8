using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Gatehouse.Tests.Data;

/// <summary>The setting <c>Database</c> in all of its forms (contract 2).</summary>
public sealed class DatabaseChoiceTests
{
    [Theory]
    [InlineData("sqlite", "/data/gatehouse.db")]
    [InlineData("sqlite:/elsewhere/my.db", "/elsewhere/my.db")]
    public void Sqlite_has_a_path(string setting, string path) =>
        Assert.Equal(path, new SqliteConnectionStringBuilder(Connection(setting)).DataSource);

    [Theory]
    [InlineData("Host=a,b;Database=gate;Username=u;Password=p", "a,b", 5432, "u", "p")]
    [InlineData("postgres://u:p@a/gate", "a", 5432, "u", "p")]
    [InlineData("postgresql://u:p@a:6543/gate", "a", 6543, "u", "p")]
    [InlineData("postgresql://u%40x:p%3A%2F%40@a/gate", "a", 5432, "u@x", "p:/@")]
    [InlineData("postgresql://u@a/gate?sslmode=require", "a", 5432, "u", null)]
    public void Postgres_has_an_address(string setting, string host, int port, string user, string? password)
    {
        var read = new NpgsqlConnectionStringBuilder(Connection(setting));
        Assert.Equal((host, port, user, password), (read.Host, read.Port, read.Username, read.Password));
        Assert.Equal("gate", read.Database);
        var isRequired = setting.EndsWith("sslmode=require", StringComparison.Ordinal);
        Assert.Equal(isRequired ? SslMode.Require : SslMode.Prefer, read.SslMode);
    }

    [Theory]
    [InlineData("Host=a;Database=gate", 1, 2)]
    [InlineData("Host=a;Database=gate;Timeout=7;Command Timeout=60", 7, 60)]
    public void Postgres_is_waited_for_briefly_unless_the_operator_says_so(string setting, int connect, int command)
    {
        var read = new NpgsqlConnectionStringBuilder(Connection(setting));
        Assert.Equal((connect, command, -1), (read.Timeout, read.CommandTimeout, read.CancellationTimeout));
    }

    private static string Connection(string setting)
    {
        var services = new ServiceCollection().AddDatabase(new Secret(setting), "/data").BuildServiceProvider();
        using var db = services.GetRequiredService<Db>();
        return db.Database.GetConnectionString()!;
    }
}
