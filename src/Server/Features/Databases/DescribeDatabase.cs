using System.Globalization;
using System.Text;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;

namespace Gatehouse.Features.Databases;

/// <summary>What somebody who may see a database is told about it.</summary>
public sealed class DescribeDatabase(DatabaseServer server, MasterKey key, Tariff tariff)
{
    /// <summary>Never refuses.</summary>
    /// <param name="database">The database.</param>
    /// <param name="appName">The app it belongs to.</param>
    /// <param name="isSuspended">Whether its owner is.</param>
    /// <param name="mayConnect">Whether the address is for whoever asks; a password is in it.</param>
    public FoundDatabase Run(AppDatabase database, string appName, bool isSuspended, bool mayConnect)
    {
        var standing = database.State switch
        {
            DatabaseState.Pending => server.IsThere ? DatabaseStanding.Pending : DatabaseStanding.Recorded,
            DatabaseState.Available => isSuspended ? DatabaseStanding.Suspended : DatabaseStanding.Available,
            DatabaseState.Stopped => DatabaseStanding.Stopped,
        };
        return new FoundDatabase(database, appName, mayConnect ? database.OpenWith(key) : null)
        {
            Standing = standing,
            Note = Say(standing, database),
        };
    }

    private string? Say(DatabaseStanding standing, AppDatabase database) => standing switch
    {
        DatabaseStanding.Recorded => "It is recorded only: this server makes no databases itself, so there is no "
            + "address to connect to. Whoever runs the platform makes it.",
        DatabaseStanding.Pending => "It is being made; its address appears here.",
        DatabaseStanding.Suspended => "The account is suspended: nobody can connect until that ends. Its data is kept.",
        DatabaseStanding.Stopped => "It is stopped: nobody can connect until it is started. Its data is kept.",
        DatabaseStanding.Available when database.LimitedAt is null => null,
        DatabaseStanding.Available => Limited(tariff.Of(database.Tier).DatabaseRows),
    };

    private static string Limited(int most) => string.Create(
        CultureInfo.InvariantCulture,
        $"It has more than {most:N0} rows and is read-only. Within a minute after enough were deleted it is writable.");
}

/// <summary>How a database is, as customers see it.</summary>
public enum DatabaseStanding
{
    /// <summary>Asked for, at a server that makes none.</summary>
    Recorded,

    /// <summary>Not made yet.</summary>
    Pending,

    /// <summary>Can be connected to.</summary>
    Available,

    /// <summary>Stopped by its owner.</summary>
    Stopped,

    /// <summary>Closed because its owner is suspended.</summary>
    Suspended,
}

/// <summary>A database of an app.</summary>
/// <param name="Database">The database.</param>
/// <param name="AppName">The app it belongs to.</param>
/// <param name="Url">Where it is reached, with user and password; null while it is not made, or for viewers.</param>
public sealed record FoundDatabase(AppDatabase Database, string AppName, Secret? Url)
{
    /// <summary>How it is.</summary>
    public required DatabaseStanding Standing { get; init; }

    /// <summary>A sentence or two where there is something to mind; else null.</summary>
    public string? Note { get; init; }
}

/// <summary>Addresses of databases under the master key.</summary>
internal static class DatabaseSeal
{
    /// <summary>The address with its password; null while there is none.</summary>
    public static Secret? OpenWith(this AppDatabase database, MasterKey key) => database.SealedUrl is { } box
        ? new Secret(Encoding.UTF8.GetString(key.Open(box, database.SealContext)))
        : null;
}
