using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.SecondFactors;

/// <summary>Makes ten new recovery codes; the ones before are void. Runs in the caller's transaction.</summary>
public sealed class ReplaceRecoveryCodes(Db db, MasterKey key)
{
    /// <summary>The codes, to be shown this once.</summary>
    public async Task<IReadOnlyList<Secret>> Run(Guid accountId, CancellationToken stop)
    {
        await db.RecoveryCodes.Where(c => c.AccountId == accountId).ExecuteDeleteAsync(stop);
        var codes = Enumerable.Range(0, RecoveryCode.Count).Select(_ => TotpCodes.NewRecoveryCode()).ToList();
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode
        {
            AccountId = accountId,
            Hash = key.HashOfRecoveryCode(accountId, code.Reveal())!,
        }));
        return codes;
    }
}
