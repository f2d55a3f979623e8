namespace Gatehouse.Tests.Harness;

/// <summary>The databases that Gatehouse runs on.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
}
