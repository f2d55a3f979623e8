using System.Globalization;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Databases;

/// <summary>
/// Decides by the number of its rows whether a free database is read-only, and tells its owner. That it becomes so on
/// its server is for <see cref="SettleDatabase"/>.
/// </summary>
public sealed class LimitDatabase(Db db, Postbox postbox, RateLimits limits, Tariff tariff, TimeProvider clock)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Whether that changed anything.</summary>
    public Task<bool> Run(Guid id, long rows, CancellationToken stop) => db.Write(() => Judge(id, rows, stop), stop);

    private async Task<bool> Judge(Guid id, long rows, CancellationToken stop)
    {
        var found = await db.AppDatabases
            .Where(d => d.Id == id)
            .Select(d => new { d.AppId, d.OwnerId, AppName = db.Apps.Single(a => a.Id == d.AppId).Name })
            .SingleOrDefaultAsync(stop);
        if (found is null) return false;
        await db.QueueUp(found.OwnerId, stop);
        var (most, now) = (tariff.Of(Tier.Free).DatabaseRows, clock.UtcNow());
        var isOver = most > 0 && rows > most;
        var since = isOver ? now : (DateTime?)null;
        // Whoever upgraded at this moment has no limit any more.
        var changed = await db.AppDatabases
            .Where(d => d.Id == id && d.Tier == Tier.Free && (d.LimitedAt != null) != isOver)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.LimitedAt, since), stop);
        if (changed == 0) return false;
        var what = isOver ? AuditEvent.DatabaseLimited : AuditEvent.DatabaseUnlimited;
        await db.Append(Caller.Server, found.OwnerId, new AuditFact(what, $"{id:D}"), now, stop);
        db.AppEvents.Add(new AppEvent
        {
            Id = Guid.CreateVersion7(now),
            AppId = found.AppId,
            At = now,
            Event = what,
            Detail = string.Create(CultureInfo.InvariantCulture, $"{rows} rows"),
            ActorId = Guid.Empty, // nobody's doing
        });
        if (isOver && await MayTell(id, stop))
        {
            var owner = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == found.OwnerId, stop);
            var mail = new DatabaseLimitedMail(found.AppName, rows, most, now);
            db.OutboxMails.Add(postbox.Write(owner.Address, mail, now));
        }

        return true;
    }

    /// <summary>An app that adds and deletes at the limit must not fill a mailbox.</summary>
    private async Task<bool> MayTell(Guid id, CancellationToken stop) =>
        (await limits.Take([new Limit("database-limited", $"{id:D}", 1, Hour)], stop)).Refusal is null;
}
