using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Gatehouse.Tests.Harness;

/// <summary>
/// Runs a theory once on each database; its first parameter is the <see cref="Engine"/>. Where PostgreSQL is not
/// installed that run is skipped and says so, except in CI, where it fails; GATEHOUSE_FAST=1 leaves it out.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod, DisposalTracker disposalTracker) => new(Rows().ToArray());

    public override bool SupportsDiscoveryEnumeration() => true;

    private static IEnumerable<ITheoryDataRow> Rows()
    {
        yield return new TheoryDataRow<Engine>(Engine.Sqlite);
        if (Environment.GetEnvironmentVariable("GATEHOUSE_FAST") == "1") yield break;
        var mayBeMissing = Environment.GetEnvironmentVariable("CI") is null or "";
        yield return new TheoryDataRow<Engine>(Engine.Postgres)
        {
            Skip = PostgresCluster.Programs is null && mayBeMissing ? PostgresCluster.Missing : null,
        };
    }
}
