using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ApiKeys;

/// <summary>Revokes one key by name; it is refused everywhere from the next request on.</summary>
public sealed class RevokeApiKey(Db db, RequireStepUp stepUp, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.NotFound"/> or what <see cref="RequireStepUp"/> refuses.</summary>
    public async Task<Outcome<Done>> Run(Caller caller, string name, Proof proof, CancellationToken stop)
    {
        if (!(await stepUp.Run(caller, proof, stop)).Is(out var account, out var refusal)) return refusal;
        return await db.Write(() => Revoke(caller, account, name, stop), stop);
    }

    private async Task<Outcome<Done>> Revoke(Caller caller, Account account, string name, CancellationToken stop)
    {
        if (!await db.StillHolds(caller, account, stop)) return Reason.NotLoggedIn;
        var found = await db.ApiKeys.AsNoTracking()
            .SingleOrDefaultAsync(k => k.AccountId == account.Id && k.Name == name, stop);
        if (found is null) return Reason.NotFound;
        var revoked = await db.ApiKeys.Where(k => k.Id == found.Id).ExecuteDeleteAsync(stop);
        if (revoked == 0) return Reason.NotFound;
        var fact = new AuditFact(AuditEvent.KeyRevoked, found.Id.ToString("D"), caller.Key?.KeyId);
        await db.Append(caller, account.Id, fact, clock.UtcNow(), stop);
        return Done.It;
    }
}
