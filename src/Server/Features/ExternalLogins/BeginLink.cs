using Gatehouse.Domain;
using Gatehouse.Features.Credentials;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>Whoever is logged in with a browser wants another way into the account. Asks for a proof first.</summary>
public sealed class BeginLink(RequireStepUp stepUp, BeginVisit begin)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotLoggedIn"/> or what <see cref="RequireStepUp"/> and <see cref="BeginVisit"/>
    /// refuse.
    /// </summary>
    public async Task<Outcome<BegunVisit>> Run(Caller caller, Proof proof, string returnUrl, CancellationToken stop)
    {
        if (caller.Session is not { } session) return Reason.NotLoggedIn;
        if (!(await stepUp.Run(caller, proof, stop)).Is(out var account, out var refusal)) return refusal;
        var plan = new VisitPlan(VisitIntent.Link, returnUrl)
        {
            AccountId = account.Id,
            SessionId = session.SessionId,
        };
        return await begin.Run(caller, plan, stop);
    }
}
