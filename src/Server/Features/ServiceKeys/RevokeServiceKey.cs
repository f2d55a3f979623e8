using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ServiceKeys;

/// <summary>
/// Revokes a key of the platform by name, by the operator; it is refused everywhere from the next request on.
/// </summary>
public sealed class RevokeServiceKey(Db db)
{
    /// <summary>Refuses with <see cref="Reason.NotFound"/>, also to everybody else.</summary>
    public async Task<Outcome<Done>> Run(Caller caller, string name, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        var revoked = await db.Write(() => db.ServiceKeys.Where(k => k.Name == name).ExecuteDeleteAsync(stop), stop);
        return revoked == 0 ? Reason.NotFound : Done.It;
    }
}
