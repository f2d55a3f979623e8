using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Configs;

/// <summary>The variables of an app's environment, with their values.</summary>
public sealed class ListConfigs(Db db, FindApp find, MasterKey key)
{
    /// <summary>
    /// By name. Viewers get none: nearly every value is a secret. Refuses with what <see cref="FindApp"/> refuses.
    /// </summary>
    public async Task<Outcome<IReadOnlyDictionary<string, Secret>>> Run(
        Caller caller, string? name, CancellationToken stop)
    {
        if (!(await find.Run(caller, name, AppRole.Collaborator, stop)).Is(out var found, out var refusal))
            return refusal;
        var configs = await db.AppConfigs.AsNoTracking().Where(c => c.AppId == found.App.Id).ToListAsync(stop);
        return Outcome.Of<IReadOnlyDictionary<string, Secret>>(
            new SortedDictionary<string, Secret>(
                configs.ToDictionary(config => config.Name, config => config.OpenWith(key), StringComparer.Ordinal),
                StringComparer.Ordinal));
    }
}
