using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>
/// The button behind the undo link of a closed account. Nobody is logged in by it; keys stay revoked.
/// </summary>
public sealed class ReopenAccount(Db db, ResumeAccount resume, MasterKey key, Settings settings, TimeProvider clock)
{
    /// <summary>
    /// The address of the account. Refuses with <see cref="Reason.InvalidToken"/> when there is nothing left to undo,
    /// also because somebody proved the address afresh.
    /// </summary>
    public async Task<Outcome<ReopenedAccount>> Run(Caller caller, string? token, CancellationToken stop)
    {
        if (!OneTimeToken.IsLink(token)) return Nothing;
        try
        {
            return await db.Write(() => Reopen(caller, key.HashOfLink(token!), stop), stop);
        }
        catch (Exception taken) when (db.IsTaken(taken))
        {
            return Nothing;
        }
    }

    private static Refusal Nothing => new(Reason.InvalidToken, Field.Token);

    private async Task<Outcome<ReopenedAccount>> Reopen(Caller caller, byte[] hash, CancellationToken stop)
    {
        var now = clock.UtcNow();
        var oldest = now - TimeSpan.FromDays(settings.Accounts.ClosingGraceDays);
        var reopened = await db.Accounts.AsNoTracking()
            .SingleOrDefaultAsync(a => a.UndoHash == hash && a.ClosedAt > oldest && a.ErasedAt == null, stop);
        if (reopened is null) return Nothing;
        await db.QueueUp(reopened.Id, stop);
        var undone = await db.Accounts
            .Where(a => a.Id == reopened.Id && a.UndoHash == hash)
            .ExecuteUpdateAsync(
                set => set.SetProperty(a => a.ClosedAt, (DateTime?)null).SetProperty(a => a.UndoHash, (byte[]?)null),
                stop);
        if (undone == 0) return Nothing;
        await resume.Run(caller, reopened, now, stop);
        return new ReopenedAccount(reopened.EmailSpelling);
    }
}

/// <summary>An account that is open again.</summary>
public sealed record ReopenedAccount(string Email);
