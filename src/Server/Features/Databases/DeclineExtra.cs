using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Gatehouse.Gateways;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Databases;

/// <summary>Says of what one server for everybody cannot do for one database what there is instead.</summary>
public sealed class DeclineExtra(Db db, FindApp find, DatabaseServer server)
{
    /// <summary>
    /// Always refuses: with <see cref="Reason.NotOffered"/>, with <see cref="Reason.NotFound"/>, or with what
    /// <see cref="FindApp"/> refuses.
    /// </summary>
    public async Task<Refusal> Run(Caller caller, string? name, Guid id, DatabaseExtra what, CancellationToken stop)
    {
        var least = what == DatabaseExtra.Backups ? AppRole.Viewer : AppRole.Collaborator;
        if (!(await find.Run(caller, name, least, stop)).Is(out var found, out var refusal)) return refusal;
        var database = await db.AppDatabases.AsNoTracking()
            .SingleOrDefaultAsync(d => d.Id == id && d.AppId == found.App.Id, stop);
        if (database is null) return new Refusal(Reason.NotFound);
        return new Refusal(Reason.NotOffered) { Text = server.IsThere ? Say(what, database) : NotMadeHere };
    }

    private const string NotMadeHere =
        "This server records databases and makes none itself. Please ask whoever runs the platform.";

    private static string Say(DatabaseExtra what, AppDatabase database) => what switch
    {
        DatabaseExtra.Backups => "This server keeps no backups of single databases. To make one, give the address that "
            + "pg shows to pg_dump.",
        DatabaseExtra.Restore => "This server keeps no backups of single databases. What pg_dump made comes back by "
            + "pg_restore or psql, with the address that pg shows.",
        DatabaseExtra.Replica => "This server has no read replicas. A larger size allows more connections: pg:scale.",
        DatabaseExtra.OtherVersion => $"All databases of this server have its version, {database.Version}. For another "
            + "one please ask whoever runs the platform.",
    };
}

/// <summary>What a database of its own server could have.</summary>
public enum DatabaseExtra
{
    /// <summary>A list of backups.</summary>
    Backups,

    /// <summary>Bringing one back.</summary>
    Restore,

    /// <summary>A second one that follows.</summary>
    Replica,

    /// <summary>Another version of PostgreSQL.</summary>
    OtherVersion,
}
