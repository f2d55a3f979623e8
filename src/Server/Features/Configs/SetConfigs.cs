using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Configs;

/// <summary>Sets variables of an app's environment, all of them or none.</summary>
public sealed class SetConfigs(Db db, TakeApp take, MasterKey key)
{
    /// <summary>
    /// All variables that there are now. Refuses with <see cref="Reason.Required"/> (none was given),
    /// <see cref="Reason.InvalidFormat"/> (a name, or a value that no environment can hold),
    /// <see cref="Reason.TooLong"/> (all of them together), <see cref="Reason.Suspended"/>, or with what
    /// <see cref="FindApp"/> refuses.
    /// </summary>
    public Task<Outcome<IReadOnlyDictionary<string, Secret>>> Run(
        Caller caller, string? name, WantedConfigs wanted, CancellationToken stop) =>
        db.Write(() => Set(caller, name, wanted, stop), stop);

    private async Task<Outcome<IReadOnlyDictionary<string, Secret>>> Set(
        Caller caller, string? name, WantedConfigs wanted, CancellationToken stop)
    {
        if (!(await take.Run(caller, name, AppRole.Collaborator, stop)).Is(out var taken, out var refusal))
            return refusal;
        var (app, values) = (taken.App, wanted.Values);
        if (values.Count == 0) return new Refusal(Reason.Required, Field.Configs);
        if (values.Any(pair => !AppConfig.IsName(pair.Key) || pair.Value.Reveal().Contains('\0')))
            return new Refusal(Reason.InvalidFormat, Field.Configs);
        if (taken.IsSuspended) return Reason.Suspended;
        var configs = await db.AppConfigs.AsNoTracking().Where(c => c.AppId == app.Id).ToListAsync(stop);
        var all = new SortedDictionary<string, Secret>(
            configs.ToDictionary(config => config.Name, config => config.OpenWith(key), StringComparer.Ordinal),
            StringComparer.Ordinal);
        foreach (var (variable, value) in values) all[variable] = value;
        // Nobody else changes anything of this owner until we are done: what was counted holds.
        if (all.Sum(pair => ConfigSeal.SizeOf(pair.Key, pair.Value)) > AppConfig.MostBytesPerApp)
            return new Refusal(Reason.TooLong, Field.Configs, Number: AppConfig.MostBytesPerApp);
        await db.AppConfigs.Where(c => c.AppId == app.Id && values.Keys.Contains(c.Name)).ExecuteDeleteAsync(stop);
        db.AppConfigs.AddRange(values.Select(pair => key.Seal(app.Id, pair.Key, pair.Value, taken.Now)));
        if (!wanted.AvoidRestart)
            await db.Apps.Where(a => a.Id == app.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.Version, a => a.Version + 1), stop);
        var names = values.Keys.Order(StringComparer.Ordinal).ToList();
        var change = new AppChange(AuditEvent.ConfigChanged, $"set {string.Join(", ", names)}")
        {
            Config = new ConfigNews(names, []),
        };
        await db.Tell(caller, taken, change, stop);
        return Outcome.Of<IReadOnlyDictionary<string, Secret>>(all);
    }
}

/// <summary>Variables that somebody wants to have set.</summary>
/// <param name="Values">Their values by name.</param>
/// <param name="AvoidRestart">Whether the instances that run may go on without them.</param>
public sealed record WantedConfigs(IReadOnlyDictionary<string, Secret> Values, bool AvoidRestart);
