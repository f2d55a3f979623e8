using Gatehouse.Domain;
using Gatehouse.Features.Apps;

namespace Gatehouse.Features.Configs;

/// <summary>
/// Copies the variables of one app into another, for whoever may change both. What the other has under the same names
/// is replaced, the rest of it stays.
/// </summary>
public sealed class CopyConfigs(ListConfigs list, SetConfigs set)
{
    /// <summary>
    /// All variables that there are now. Refuses with <see cref="Reason.Required"/> (no app to copy from, or none of
    /// its variables), or with what <see cref="SetConfigs"/> and <see cref="FindApp"/> refuse.
    /// </summary>
    public async Task<Outcome<IReadOnlyDictionary<string, Secret>>> Run(
        Caller caller, string? name, string? from, CancellationToken stop)
    {
        // The app that is changed first: whoever has no part in it learns nothing about the other one.
        if (!(await list.Run(caller, name, stop)).Is(out _, out var refusal)) return refusal;
        if (string.IsNullOrEmpty(from)) return new Refusal(Reason.Required, Field.Source);
        if (!(await list.Run(caller, from, stop)).Is(out var copied, out refusal)) return refusal;
        return await set.Run(caller, name, new WantedConfigs(copied, AvoidRestart: false), stop);
    }
}
