using Gatehouse.Domain;
using Gatehouse.Features.ApiKeys;
using Gatehouse.Platform;

namespace Gatehouse.Features.SignUps;

/// <summary>Last step of a sign-up by a program: the account, and its first key.</summary>
public sealed class CompleteSignUp(FinishSignUp finish, CreateLoginKey createKey, LoginLimits limits)
{
    /// <summary>Refuses what <see cref="FinishSignUp"/> refuses.</summary>
    public Task<Outcome<NewAccount>> Run(
        Caller caller, string? handle, string? tier, string? device, CancellationToken stop) =>
        finish.Run(caller, handle, tier, account => Enter(caller, account, device, stop), stop);

    private async Task<NewAccount> Enter(Caller caller, Account account, string? device, CancellationToken stop)
    {
        await limits.Know(caller, account.Id.ToString("D"), device, stop);
        return new NewAccount(account, await createKey.Run(caller, account.Id, device, account.CreatedAt, stop));
    }
}

/// <summary>An account that was just made, with the key of the device that made it.</summary>
public sealed record NewAccount(Account Account, Secret Key);
