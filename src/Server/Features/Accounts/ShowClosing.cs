using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>What the page behind an undo link says before its button. Changes nothing.</summary>
public sealed class ShowClosing(Db db, MasterKey key, Settings settings, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.InvalidToken"/> when there is nothing left to undo.</summary>
    public async Task<Outcome<ClosedAccount>> Run(string? token, CancellationToken stop)
    {
        if (!OneTimeToken.IsLink(token)) return new Refusal(Reason.InvalidToken, Field.Token);
        var hash = key.HashOfLink(token!);
        var grace = TimeSpan.FromDays(settings.Accounts.ClosingGraceDays);
        var oldest = clock.UtcNow() - grace;
        var account = await db.Accounts.AsNoTracking()
            .SingleOrDefaultAsync(a => a.UndoHash == hash && a.ClosedAt > oldest && a.ErasedAt == null, stop);
        return account?.ClosedAt is { } closedAt
            ? new ClosedAccount(account.EmailSpelling, closedAt, closedAt + grace)
            : new Refusal(Reason.InvalidToken, Field.Token);
    }
}

/// <summary>An account that can still be brought back.</summary>
/// <param name="Email">Its address.</param>
/// <param name="ClosedAt">UTC.</param>
/// <param name="ErasedAt">When everything personal goes (UTC).</param>
public sealed record ClosedAccount(string Email, DateTime ClosedAt, DateTime ErasedAt);
