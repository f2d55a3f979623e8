using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Logins;
using Gatehouse.Platform;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// The visitor's address is an account's already: its password, and its second factor where one is on, are checked by
/// the rule of every other login. A right one is counted nowhere, whatever the visit comes to afterwards.
/// </summary>
public sealed class ProvePassword(Db db, FindAnswered find, CheckLogin check, LoginLimits limits)
{
    /// <summary>Refuses with <see cref="Reason.InvalidToken"/> or what <see cref="CheckLogin"/> refuses.</summary>
    public async Task<Outcome<ProvenVisitor>> Run(
        Caller caller, VisitAnswer answer, string? password, string? mfaToken, CancellationToken stop)
    {
        if (!(await find.Run(answer, VisitStage.Password, stop)).Is(out var visitor, out var refusal)) return refusal;
        var account = visitor.Opens!;
        var claim = new ClaimedAccount(account, account.Email);
        var given = new Logins.Credentials(account.Email, password, mfaToken);
        if (!(await check.Run(caller, claim, given, stop)).Is(out var login, out refusal)) return refusal;
        return await db.Write(() => GiveBack(visitor, login, stop), stop);
    }

    private async Task<Outcome<ProvenVisitor>> GiveBack(Visitor visitor, ProvenLogin login, CancellationToken stop)
    {
        await limits.GiveBack(login.Attempt, stop);
        return new ProvenVisitor(visitor, login with { Attempt = login.Attempt with { Shared = [] } });
    }
}

/// <summary>Somebody whom the provider vouches for, and who knows the password of the account.</summary>
/// <param name="Visitor">Who.</param>
/// <param name="Login">The login, with nothing left to take back.</param>
public sealed record ProvenVisitor(Visitor Visitor, ProvenLogin Login);
