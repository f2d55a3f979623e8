using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Mail;

namespace Gatehouse.Features.SecondFactors;

/// <summary>
/// Turns the second factor on with its first code, hands out recovery codes, and logs its owner out everywhere: what
/// was made with the password alone is worth no more.
/// </summary>
public sealed class ActivateFactor(
    Db db, RequireStepUp stepUp, VerifyFirstCode verify, FinishFactorChange finish, ReplaceRecoveryCodes replaceCodes)
{
    /// <summary>
    /// Ten recovery codes, to be shown this once. Refuses what <see cref="VerifyFirstCode"/> and
    /// <see cref="RequireStepUp"/> refuse.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<Secret>>> Run(
        Caller caller, Proof proof, string? code, CancellationToken stop)
    {
        if (!(await stepUp.Run(caller, proof, stop)).Is(out var account, out var refusal)) return refusal;
        return await db.Write(() => Activate(caller, account, code, stop), stop);
    }

    private async Task<Outcome<IReadOnlyList<Secret>>> Activate(
        Caller caller, Account account, string? code, CancellationToken stop)
    {
        if (!await db.StillHolds(caller, account, stop)) return Reason.NotLoggedIn;
        if ((await verify.Run(caller, account.Id, code, stop)).Refusal is { } refusal) return refusal;
        await finish.Run(caller, account, Notice.FactorActivated, stop);
        return Outcome.Of(await replaceCodes.Run(account.Id, stop));
    }
}
