using Gatehouse.Domain;
using Npgsql;

namespace Gatehouse.Data;

/// <summary>Reads the setting <c>Databases:Server</c>, in both forms that <see cref="DatabaseChoice"/> takes.</summary>
public static class DatabaseServerAddress
{
    /// <summary>Where a server is asked about itself; it has this database unless somebody dropped it.</summary>
    private const string Usual = "postgres";

    // A role that is refused a lock waits no longer; making and dropping take their time.
    private const int CommandSeconds = 120;
    private const int ConnectSeconds = 5;

    /// <summary>Says whether the text names a host and a role.</summary>
    public static bool IsOne(Secret text)
    {
        try
        {
            return Read(text) is { Host.Length: > 0, Username.Length: > 0 };
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException)
        {
            return false;
        }
    }

    /// <summary>
    /// How to connect to one database of the server. Nothing is kept in a pool: a lock that is held by a connection
    /// has to end with it, and there are as many databases as customers.
    /// </summary>
    public static NpgsqlConnectionStringBuilder Read(Secret text, string? database = null)
    {
        var address = new NpgsqlConnectionStringBuilder(DatabaseChoice.Postgres(text.Reveal()))
        {
            Pooling = false,
            Timeout = ConnectSeconds,
            CommandTimeout = CommandSeconds,
        };
        address.Database = database ?? (address.Database is { Length: > 0 } named ? named : Usual);
        return address;
    }
}
