using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Apps;

/// <summary>Notes what the platform says that runs of an app, in place of what it said before.</summary>
public sealed class NoteReport(Db db, TimeProvider clock)
{
    /// <summary>
    /// Whether it is news: a report that is not younger than the last one changes nothing, so reports may be repeated
    /// and overtake each other. Refuses with <see cref="Reason.NotLoggedIn"/> (not the platform),
    /// <see cref="Reason.NotFound"/> (no such app), or with <see cref="Reason.Required"/>,
    /// <see cref="Reason.InvalidFormat"/> or <see cref="Reason.OutOfRange"/> of a field that
    /// <see cref="Refusal.Text"/> names.
    /// </summary>
    public async Task<Outcome<NotedReport>> Run(Caller caller, string? name, Report report, CancellationToken stop)
    {
        if (caller.ServiceKey is null) return Reason.NotLoggedIn;
        if (!CheckedReport.Of(report, clock.UtcNow()).Is(out var valid, out var refusal)) return refusal;
        if (AppName.Canonical(name) is not { } canonical) return Nowhere;
        return await db.Write(() => Note(canonical, valid, stop), stop);
    }

    private static Refusal Nowhere => new(Reason.NotFound, Field.AppName);

    private async Task<Outcome<NotedReport>> Note(string name, CheckedReport report, CancellationToken stop)
    {
        var noted = await db.Apps
            .Where(app => app.Name == name && (app.ReportedAt == null || app.ReportedAt < report.At))
            .ExecuteUpdateAsync(
                set => set.SetProperty(app => app.ReportedAt, report.At)
                    .SetProperty(app => app.ReplicasRunning, report.ReplicasRunning),
                stop);
        var found = await db.Apps.AsNoTracking().SingleOrDefaultAsync(app => app.Name == name, stop);
        if (found is null) return Nowhere;
        if (noted == 0) return new NotedReport(IsNews: false, found.ReportedAt!.Value);
        await db.AppPods.Where(pod => pod.AppId == found.Id).ExecuteDeleteAsync(stop);
        db.AppPods.AddRange(report.PodsOf(found.Id));
        return new NotedReport(IsNews: true, report.At);
    }
}

/// <summary>What became of a report.</summary>
/// <param name="IsNews">Whether it is what is shown now.</param>
/// <param name="LastAt">The time of the report that is shown now (UTC).</param>
public sealed record NotedReport(bool IsNews, DateTime LastAt);
