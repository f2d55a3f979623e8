using System.Data.Common;
using System.Text;
using Gatehouse.Data;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Tests.Harness;

/// <summary>Everything that stands in a database, as somebody who stole it would read it.</summary>
public static class DatabaseDump
{
    /// <summary>Every table, column and row as text; bytes as Latin-1, so that a text among them is found.</summary>
    public static Task<string> Dump(this TestServer server) => server.Ask<Db, string>(async db =>
    {
        var tables = db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Distinct().Order().ToList();
        await db.Database.OpenConnectionAsync();
        var text = new StringBuilder();
        foreach (var table in tables) text.AppendLine(await Read(db.Database.GetDbConnection(), table));
        return text.ToString();
    });

    /// <summary>The same, and behind it what stands in the files of SQLite, write-ahead log included.</summary>
    public static async Task<string> DumpWithFiles(this TestServer server)
    {
        var text = new StringBuilder(await server.Dump());
        if (server.Database.Engine == Engine.Postgres) return text.ToString();
        foreach (var file in Directory.GetFiles(server.DataDirectory, "gatehouse.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            text.AppendLine(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }

    private static async Task<string> Read(DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table}";
        await using var reader = await command.ExecuteReaderAsync();
        var text = new StringBuilder(table);
        while (await reader.ReadAsync())
        {
            text.AppendLine();
            for (var i = 0; i < reader.FieldCount; i++)
                text.Append(reader.GetName(i)).Append('=').Append(Say(reader.GetValue(i))).Append(' ');
        }

        return text.ToString();
    }

    private static string Say(object value) => value is byte[] bytes ? Encoding.Latin1.GetString(bytes) : $"{value}";
}
