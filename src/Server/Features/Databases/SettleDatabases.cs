using Gatehouse.Data;
using Gatehouse.Gateways;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Databases;

/// <summary>
/// Settles all databases whose server has not what is wanted: whatever a killed process, a server that was away, an
/// upgrade, a suspension or a destroyed app left behind.
/// </summary>
public sealed class SettleDatabases(Db db, SettleDatabase settle, PostgresProvisioner provisioner)
{
    private const int BatchSize = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>How many were looked at. Throws when the server cannot be used, so that it is said once.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        if (!provisioner.IsThere) return 0;
        var (count, after) = (0, Guid.Empty);
        while (true)
        {
            var unsettled = await db.Unsettled()
                .Where(id => id.CompareTo(after) > 0).OrderBy(id => id).Take(BatchSize).ToListAsync(stop);
            if (unsettled.Count > 0) await provisioner.RequireFit(stop);
            foreach (var id in unsettled) await settle.Run(id, Patience, stop);
            count += unsettled.Count;
            if (unsettled.Count < BatchSize) return count;
            after = unsettled[^1];
        }
    }
}
