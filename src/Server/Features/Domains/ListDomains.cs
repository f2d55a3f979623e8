using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Domains;

/// <summary>The custom domains of an app.</summary>
public sealed class ListDomains(Db db, FindApp find)
{
    /// <summary>In the order in which they were added. Refuses with what <see cref="FindApp"/> refuses.</summary>
    public async Task<Outcome<IReadOnlyList<string>>> Run(Caller caller, string? name, CancellationToken stop)
    {
        if (!(await find.Run(caller, name, AppRole.Viewer, stop)).Is(out var found, out var refusal)) return refusal;
        return await db.Domains
            .Where(domain => domain.AppId == found.App.Id)
            .OrderBy(domain => domain.Id)
            .Select(domain => domain.Fqdn)
            .ToListAsync(stop);
    }
}
