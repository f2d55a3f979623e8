using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>The account that the identity opens has a second factor: without its code nobody gets further.</summary>
public sealed class ProveFactor(Db db, FindAnswered find, CheckFactor check, EnterByVisit enter)
{
    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/> or what <see cref="CheckFactor"/> refuses.
    /// </summary>
    public async Task<Outcome<Arrival>> Run(Caller caller, VisitAnswer answer, string? mfaToken, CancellationToken stop)
    {
        if (!(await find.Run(answer, VisitStage.Factor, stop)).Is(out var visitor, out var refusal)) return refusal;
        var factor = await check.Run(caller, visitor.Opens!, mfaToken, stop);
        if (factor.Refusal is { } wrong) return wrong;
        return await db.Write(() => enter.Run(caller, visitor, attempt: null, stop), stop);
    }
}
