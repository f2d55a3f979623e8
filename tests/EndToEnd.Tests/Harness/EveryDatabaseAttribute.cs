using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>
/// Runs a theory with the argument <c>"sqlite"</c> and again with <c>"postgres"</c>, for
/// <see cref="GatehouseServer.Start"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryDatabaseAttribute : DataAttribute
{
    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
        [
            new TheoryDataRow<string>("sqlite"),
            new TheoryDataRow<string>("postgres") { Skip = Component.Postgres.ReasonToSkip },
        ]);

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;
}
