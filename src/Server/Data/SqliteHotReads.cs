using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Gatehouse.Data;

/// <summary>
/// On connections of its own, as many as threads ever read at once: each keeps its statements, which a pooled
/// connection would have to parse and plan every time. A reader of the write-ahead log waits for nobody.
/// </summary>
internal sealed class SqliteHotReads(string address) : HotReads, IDisposable
{
    // Never made here: a file that is missing is the business of whoever migrates.
    private readonly string existing = new SqliteConnectionStringBuilder(address)
    {
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = false,
    }.ConnectionString;

    private readonly ConcurrentStack<Reader> idle = new();

    public void Dispose()
    {
        while (idle.TryPop(out var reader)) reader.Dispose();
    }

    protected override ValueTask<T?> Ask<T>(
        string statement, object[] values, Func<DbDataReader, T> read, CancellationToken stop)
        where T : class
    {
        if (!idle.TryPop(out var reader)) reader = new Reader(existing);
        try
        {
            var first = reader.First(statement, values, read);
            idle.Push(reader);
            return ValueTask.FromResult(first);
        }
        catch
        {
            // Whatever state it is in, nobody else meets it.
            reader.Dispose();
            throw;
        }
    }

    private sealed class Reader : IDisposable
    {
        private readonly SqliteConnection connection;

        // Statements are constants, so that the same text is the same object.
        private readonly Dictionary<string, SqliteCommand> prepared = new(ReferenceEqualityComparer.Instance);

        public Reader(string address)
        {
            connection = new SqliteConnection(address);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA query_only = ON";
            command.ExecuteNonQuery();
        }

        public T? First<T>(string statement, object[] values, Func<DbDataReader, T> read)
            where T : class
        {
            if (!prepared.TryGetValue(statement, out var command))
                prepared.Add(statement, command = Prepare(statement, values.Length));
            for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
            using var reader = command.ExecuteReader();
            return reader.Read() ? read(reader) : null;
        }

        public void Dispose()
        {
            foreach (var command in prepared.Values) command.Dispose();
            connection.Dispose();
        }

        private SqliteCommand Prepare(string statement, int parameters)
        {
            var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant, see HotReads.
            command.CommandText = statement;
#pragma warning restore CA2100
            for (var i = 1; i <= parameters; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            return command;
        }
    }
}
