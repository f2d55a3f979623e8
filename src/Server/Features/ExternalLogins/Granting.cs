using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>The statement that decides which of several browsers a terminal listens to.</summary>
internal static class Granting
{
    /// <summary>
    /// Says whether the terminal still waited; <paramref name="account"/> is null where it gets a proven address.
    /// </summary>
    public static async Task<bool> Grant(
        this Db db, ProviderVisit visit, Account? account, DateTime now, CancellationToken stop)
    {
        var (id, version) = (account?.Id, account?.Version ?? 0);
        return await db.TerminalLogins
            .Where(t => t.Id == visit.TerminalLoginId && t.State == TerminalState.Waiting && t.ExpiresAt > now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(t => t.State, TerminalState.Granted)
                    .SetProperty(t => t.AccountId, id)
                    .SetProperty(t => t.AccountVersion, version)
                    .SetProperty(t => t.GrantedAt, now),
                stop) == 1;
    }
}
