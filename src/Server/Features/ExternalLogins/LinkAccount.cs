using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// The visitor's address is an account's already: its password, and its second factor where one is on, are asked for
/// once. Then the identity is linked, and the visit goes on.
/// </summary>
public sealed class LinkAccount(Db db, ProvePassword prove, AttachIdentity attach, EnterByVisit enter)
{
    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/>, <see cref="Reason.AlreadyLinked"/> or what <see
    /// cref="ProvePassword"/> refuses.
    /// </summary>
    public async Task<Outcome<Arrival>> Run(
        Caller caller, VisitAnswer answer, string? password, string? mfaToken, CancellationToken stop)
    {
        var proof = await prove.Run(caller, answer, password, mfaToken, stop);
        if (!proof.Is(out var proven, out var refusal)) return refusal;
        try
        {
            return await db.Write(() => Link(caller, proven, stop), stop);
        }
        catch (Exception taken) when (db.IsTaken(taken))
        {
            return Reason.AlreadyLinked;
        }
    }

    private async Task<Outcome<Arrival>> Link(Caller caller, ProvenVisitor proven, CancellationToken stop)
    {
        var (visitor, account) = (proven.Visitor, proven.Login.Account);
        var isSame = await db.IsUnchanged(account, stop);
        var isWaiting = await db.ProviderVisits
            .AnyAsync(v => v.Id == visitor.Visit.Id && v.Stage == VisitStage.Password, stop);
        if (!isSame || !isWaiting) return new Refusal(Reason.InvalidToken, Field.OAuth);
        if ((await attach.Run(caller, account, visitor.Identity, stop)).Refusal is { } linked) return linked;
        await db.SaveChangesAsync(stop);
        return await enter.Run(caller, visitor, proven.Login.Attempt, stop);
    }
}
