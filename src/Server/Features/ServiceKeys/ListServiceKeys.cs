using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ServiceKeys;

/// <summary>The keys by which the platform reports; for the operator alone.</summary>
public sealed class ListServiceKeys(Db db)
{
    /// <summary>The oldest first. Refuses with <see cref="Reason.NotFound"/> to everybody else.</summary>
    public async Task<Outcome<IReadOnlyList<ServiceKey>>> Run(Caller caller, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        return Outcome.Of<IReadOnlyList<ServiceKey>>(
            await db.ServiceKeys.AsNoTracking().OrderBy(key => key.Id).ToListAsync(stop));
    }
}
