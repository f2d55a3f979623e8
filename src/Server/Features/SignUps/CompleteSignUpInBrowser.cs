using Gatehouse.Domain;
using Gatehouse.Features.Sessions;

namespace Gatehouse.Features.SignUps;

/// <summary>Last step of a sign-up in a browser: the account, and its first login. It makes no key.</summary>
public sealed class CompleteSignUpInBrowser(FinishSignUp finish, StartWebSession start)
{
    /// <summary>Refuses what <see cref="FinishSignUp"/> refuses.</summary>
    public Task<Outcome<WebLogin>> Run(Caller caller, string? handle, string? tier, CancellationToken stop) =>
        finish.Run(caller, handle, tier, account => start.Run(caller, account.Id, remember: false, stop), stop);
}
