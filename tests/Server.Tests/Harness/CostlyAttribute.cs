using Xunit.v3;

namespace Gatehouse.Tests.Harness;

/// <summary>
/// Takes seconds, because it decides by numbers: races, models, floods, kills, times. <c>./check --fast</c> leaves it
/// out.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class CostlyAttribute : Attribute, ITraitAttribute
{
    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [KeyValuePair.Create("Cost", "High")];
}
