using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Sqlite.Migrations.Internal;

namespace Gatehouse.Data;

/// <summary>
/// EF's own migration lock on SQLite is a row that outlives a killed process and then blocks every later start. Ours
/// (<see cref="MigrationLock"/>) is held by the operating system, which never forgets to let go.
/// </summary>
#pragma warning disable EF1001 // There is no public way to leave EF's lock out.
public sealed class HistoryWithoutLock(HistoryRepositoryDependencies dependencies)
    : SqliteHistoryRepository(dependencies)
{
    public override IMigrationsDatabaseLock AcquireDatabaseLock() => new NoLock(this);

    public override Task<IMigrationsDatabaseLock> AcquireDatabaseLockAsync(
        CancellationToken cancellationToken = default) =>
        Task.FromResult(AcquireDatabaseLock());

    private sealed class NoLock(IHistoryRepository history) : IMigrationsDatabaseLock
    {
        public IHistoryRepository HistoryRepository => history;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
#pragma warning restore EF1001
