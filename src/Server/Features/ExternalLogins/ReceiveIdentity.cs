using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// Decides what a proven identity opens. It is issuer and subject that open an account, never the address: the address
/// only says whom to ask for the password.
/// </summary>
public sealed class ReceiveIdentity(
    Db db, LinkByVisit link, ReceiveForTerminal forTerminal, ReceiveForBrowser forBrowser)
{
    /// <summary>
    /// Refuses with <see cref="Reason.AlreadyLinked"/> or <see cref="Reason.InvalidToken"/> (the visit went on
    /// elsewhere, or whoever asked for a link logged out).
    /// </summary>
    public async Task<Outcome<Arrival>> Run(
        Caller caller, ProviderVisit visit, ProvenIdentity identity, CancellationToken stop)
    {
        try
        {
            return await db.Write(() => Receive(caller, visit, identity, stop), stop);
        }
        catch (Exception taken) when (db.IsTaken(taken))
        {
            return Reason.AlreadyLinked;
        }
    }

    private async Task<Outcome<Arrival>> Receive(
        Caller caller, ProviderVisit visit, ProvenIdentity identity, CancellationToken stop)
    {
        if (visit.Intent == VisitIntent.Link) return await link.Run(caller, visit, identity, stop);
        var linked = await db.ExternalLogins
            .Where(l => l.Issuer == identity.Issuer && l.Subject == identity.Subject)
            .Join(db.Accounts.Confirmed(), l => l.AccountId, a => a.Id, (_, account) => account)
            .SingleOrDefaultAsync(stop);
        var named = linked ?? await db.Accounts.Confirmed()
            .SingleOrDefaultAsync(a => a.Email == identity.Email.Canonical, stop);
        var visitor = new Visitor(visit, identity)
        {
            Opens = linked,
            Names = named,
            HasFactor = linked is not null
                && await db.SecondFactors.AnyAsync(f => f.AccountId == linked.Id && f.ActivatedAt != null, stop),
        };
        return visit.TerminalLoginId is null
            ? await forBrowser.Run(caller, visitor, stop)
            : await forTerminal.Run(caller, visitor, stop);
    }
}

/// <summary>Somebody whom the provider vouches for.</summary>
/// <param name="Visit">The way here.</param>
/// <param name="Identity">Who it is.</param>
public sealed record Visitor(ProviderVisit Visit, ProvenIdentity Identity)
{
    /// <summary>The account that the identity opens; null for none.</summary>
    public Account? Opens { get; init; }

    /// <summary>That account, or the one whose address it is; null for none.</summary>
    public Account? Names { get; init; }

    /// <summary>Says whether the account that it opens has a second factor.</summary>
    public bool HasFactor { get; init; }
}
