using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Configs;

/// <summary>Takes a variable out of an app's environment.</summary>
public sealed class UnsetConfig(Db db, TakeApp take)
{
    /// <summary>
    /// Refuses with <see cref="Reason.Required"/>, <see cref="Reason.NotFound"/>, or with what <see cref="FindApp"/>
    /// refuses.
    /// </summary>
    public Task<Outcome<Done>> Run(Caller caller, string? name, string? variable, CancellationToken stop) =>
        db.Write(() => Unset(caller, name, variable, stop), stop);

    private async Task<Outcome<Done>> Unset(Caller caller, string? name, string? variable, CancellationToken stop)
    {
        if (!(await take.Run(caller, name, AppRole.Collaborator, stop)).Is(out var taken, out var refusal))
            return refusal;
        if (taken.IsSuspended) return Reason.Suspended;
        if (string.IsNullOrEmpty(variable)) return new Refusal(Reason.Required, Field.Configs);
        if (!AppConfig.IsName(variable)) return Reason.NotFound;
        var removed = await db.AppConfigs
            .Where(config => config.AppId == taken.App.Id && config.Name == variable)
            .ExecuteDeleteAsync(stop);
        if (removed == 0) return Reason.NotFound;
        await db.Apps.Where(a => a.Id == taken.App.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Version, a => a.Version + 1), stop);
        var change = new AppChange(AuditEvent.ConfigChanged, $"unset {variable}")
        {
            Config = new ConfigNews([], [variable]),
        };
        await db.Tell(caller, taken, change, stop);
        return Done.It;
    }
}
