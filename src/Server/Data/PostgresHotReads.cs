using System.Data.Common;
using Npgsql;

namespace Gatehouse.Data;

/// <summary>Out of the same pool as every other statement, whose connections prepare what is asked again.</summary>
internal sealed class PostgresHotReads(string address) : HotReads
{
    protected override async ValueTask<T?> Ask<T>(
        string statement, object[] values, Func<DbDataReader, T> read, CancellationToken stop)
        where T : class
    {
        await using var connection = new NpgsqlConnection(address);
        await connection.OpenAsync(stop);
        using var watched = HangWatch.OfProcess.Watch();
#pragma warning disable CA2100 // A constant, see HotReads.
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(stop);
        return await reader.ReadAsync(stop) ? read(reader) : null;
    }
}
