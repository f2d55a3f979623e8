using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Gatehouse.Data;

/// <summary>One statement on a connection of the server of customers' databases.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The texts are those of this folder, whose names are ids.")]
internal static class ServerCommands
{
    /// <summary>Says it, and waits until it is done; no longer than <paramref name="patience"/> where given.</summary>
    public static async Task Say(
        this NpgsqlConnection connection, string statement, CancellationToken stop, TimeSpan? patience = null)
    {
        await using var command = Command(connection, statement, []);
        if (patience is { } most) command.CommandTimeout = (int)most.TotalSeconds;
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>The first column of the first row.</summary>
    public static async Task<T> Ask<T>(
        this NpgsqlConnection connection, string question, CancellationToken stop, params object[] values)
    {
        await using var command = Command(connection, question, values);
        return (T)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <summary>All rows.</summary>
    public static async Task<IReadOnlyList<T>> List<T>(
        this NpgsqlConnection connection, string question, Func<DbDataReader, T> read, CancellationToken stop,
        params object[] values)
    {
        await using var command = Command(connection, question, values);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var rows = new List<T>();
        while (await reader.ReadAsync(stop)) rows.Add(read(reader));
        return rows;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string question, object[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = question;
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
