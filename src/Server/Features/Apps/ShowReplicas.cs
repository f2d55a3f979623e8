using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Apps;

/// <summary>What is wanted of an app, and what runs of it as the platform reported last.</summary>
public sealed class ShowReplicas(Db db, FindApp find)
{
    /// <summary>Refuses with what <see cref="FindApp"/> refuses.</summary>
    public async Task<Outcome<AppReplicas>> Run(Caller caller, string? name, CancellationToken stop)
    {
        if (!(await find.Run(caller, name, AppRole.Viewer, stop)).Is(out var found, out var refusal)) return refusal;
        var pods = await db.AppPods.AsNoTracking()
            .Where(pod => pod.AppId == found.App.Id)
            .OrderBy(pod => pod.Position)
            .ToListAsync(stop);
        return new AppReplicas(found.App, pods);
    }
}

/// <summary>An app and its instances, in the order of the report.</summary>
public sealed record AppReplicas(App App, IReadOnlyList<AppPod> Pods);
