using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.SecondFactors;

/// <summary>
/// Hands out the secret for an authenticator app, this once. Nothing is on until a code of it was entered; until then
/// it may be started anew.
/// </summary>
public sealed class StartFactor(Db db, RequireStepUp stepUp, MasterKey key, Settings settings)
{
    /// <summary>
    /// The address for the QR code. Refuses with <see cref="Reason.AlreadyActive"/> or what
    /// <see cref="RequireStepUp"/> refuses.
    /// </summary>
    public async Task<Outcome<Secret>> Run(Caller caller, Proof proof, CancellationToken stop)
    {
        if (!(await stepUp.Run(caller, proof, stop)).Is(out var account, out var refusal)) return refusal;
        return await db.Write(() => Start(caller, account, stop), stop);
    }

    private async Task<Outcome<Secret>> Start(Caller caller, Account account, CancellationToken stop)
    {
        if (!await db.StillHolds(caller, account, stop)) return Reason.NotLoggedIn;
        var secret = TotpCodes.NewSecret();
        var box = key.SealFactor(account.Id, secret);
        var factor = await db.SecondFactors.SingleOrDefaultAsync(f => f.AccountId == account.Id, stop);
        if (factor?.ActivatedAt is not null) return Reason.AlreadyActive;
        if (factor is null) db.SecondFactors.Add(SecondFactor.Start(account.Id, box));
        else factor.StartOver(box);
        return new Secret(TotpCodes.AddressOf(secret, settings.Brand.Name, account.EmailSpelling));
    }
}
