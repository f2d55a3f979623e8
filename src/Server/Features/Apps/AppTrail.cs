using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Apps;

/// <summary>
/// Tells what was done to an app: to its owner's audit log, to the platform, and to all who may see the app.
/// </summary>
internal static class AppTrail
{
    /// <summary>In the transaction of the change that is told.</summary>
    public static async Task Tell(
        this Db db, Caller caller, TakenApp taken, AppChange change, CancellationToken stop)
    {
        await db.TellOwner(caller, taken, change, stop);
        db.AppEvents.Add(new AppEvent
        {
            Id = Guid.CreateVersion7(taken.Now),
            AppId = taken.App.Id,
            At = taken.Now,
            Event = change.Event,
            Detail = change.Detail,
            ActorId = taken.CallerId,
        });
    }

    /// <summary>The same where the app itself goes, and its activity with it.</summary>
    public static async Task TellOwner(
        this Db db, Caller caller, TakenApp taken, AppChange change, CancellationToken stop)
    {
        // Where a collaborator sits is not the owner's to know.
        var seen = taken.CallerId == taken.App.OwnerId
            ? caller
            : caller with { Address = "", UserAgent = "collaborator" };
        var fact = new AuditFact(change.Event, change.Subject ?? $"{taken.App.Id:D}", caller.Key?.KeyId);
        var entry = await db.Append(seen, taken.App.OwnerId, fact, taken.Now, stop);
        if (PlatformMessage.Types.Contains(change.Event, StringComparer.Ordinal))
            await db.TellPlatform(entry, taken.App.Id, change, stop);
    }

    private static async Task TellPlatform(
        this Db db, AuditEntry entry, Guid appId, AppChange change, CancellationToken stop)
    {
        // What the change has done so far has to be in the database: it is read from there.
        await db.SaveChangesAsync(stop);
        var app = await db.Apps.AsNoTracking().SingleAsync(a => a.Id == appId, stop);
        var news = new PlatformNews(app.OwnerId, entry.Sequence)
        {
            App = AppNews.Of(app),
            Domain = change.Fqdn is { } fqdn ? new DomainNews(Guid.Parse(change.Subject!), fqdn) : null,
            Config = change.Config,
            Database = change.Event switch
            {
                AuditEvent.DatabaseDestroyed => new DatabaseNews(Guid.Parse(change.Subject!)),
                AuditEvent.DatabaseCreated or AuditEvent.DatabaseScaled => await db.AppDatabases.AsNoTracking()
                    .Where(d => d.Id == Guid.Parse(change.Subject!)).Select(d => DatabaseNews.Of(d)).SingleAsync(stop),
                _ => null,
            },
        };
        await db.Publish(entry, news, stop);
    }
}

/// <summary>What was done to an app.</summary>
/// <param name="Event">One of <see cref="AuditEvent"/>.</param>
/// <param name="Detail">What in a word or two, for those who may see the app; never a secret.</param>
/// <param name="Subject">The id of what it was done to; the app itself where it is missing.</param>
internal sealed record AppChange(string Event, string Detail = "", string? Subject = null)
{
    /// <summary>The host name, where a domain was added or removed.</summary>
    public string? Fqdn { get; init; }

    /// <summary>The variables, where some were set or unset.</summary>
    public ConfigNews? Config { get; init; }
}
