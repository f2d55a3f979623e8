using Gatehouse.Domain;

namespace Gatehouse.Data;

/// <summary>Where what is on the server of customers' databases differs from what their owners want.</summary>
public static class HostingQueries
{
    /// <summary>Databases that are to be made, changed or dropped there.</summary>
    public static IQueryable<Guid> Unsettled(this Db db)
    {
        var hosted = db.HostedDatabases
            .Where(h => !db.AppDatabases.Any(d => d.Id == h.Id)
                || db.AppDatabases.Any(d => d.Id == h.Id
                    && (h.MadeAt == null
                        || d.SizeMilli != h.SizeMilli
                        || (d.LimitedAt != null) != h.IsReadOnly
                        || h.IsOpen == (d.State == DatabaseState.Stopped
                            || db.Accounts.Any(a => a.Id == d.OwnerId && a.SuspendedAt != null)))))
            .Select(h => h.Id);
        // What the platform made by other means has an address, and stays as it is.
        var unknown = db.AppDatabases
            .Where(d => d.State == DatabaseState.Pending && !db.HostedDatabases.Any(h => h.Id == d.Id))
            .Select(d => d.Id);
        return hosted.Union(unknown);
    }

    /// <summary>Free databases that are there, and so may have too many rows.</summary>
    public static IQueryable<AppDatabase> FreeOnServer(this Db db) => db.AppDatabases
        .Where(d => d.Tier == Tier.Free)
        .Where(d => db.HostedDatabases.Any(h => h.Id == d.Id && h.MadeAt != null));
}
