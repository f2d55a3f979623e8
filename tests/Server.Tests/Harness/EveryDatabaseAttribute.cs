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
        MethodInfo testMethod, DisposalTracker disposalTracker) => new(
        Rows(PostgresCluster.Programs, Environment.GetEnvironmentVariable).ToArray());

    public override bool SupportsDiscoveryEnumeration() => true;

    /// <summary>On which databases a theory runs, where PostgreSQL's programs are in a folder, or nowhere.</summary>
    internal static IEnumerable<ITheoryDataRow> Rows(string? programs, Func<string, string?> environment)
    {
        yield return new TheoryDataRow<Engine>(Engine.Sqlite);
        if (environment("GATEHOUSE_FAST") == "1") yield break;
        var mayBeMissing = environment("CI") is null or "";
        yield return new TheoryDataRow<Engine>(Engine.Postgres)
        {
            Skip = programs is null && mayBeMissing ? PostgresCluster.Missing : null,
        };
    }
}
