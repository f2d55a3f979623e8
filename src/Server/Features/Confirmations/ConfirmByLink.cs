using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Confirmations;

/// <summary>
/// The button behind the link of a confirmation mail: proves the address that the link was sent to, once. Nobody is
/// logged in by it; a terminal that waits with its sign-up may go on.
/// </summary>
public sealed class ConfirmByLink(Db db, ProveAddress prove, MasterKey key, TimeProvider clock)
{
    /// <summary>
    /// The address that was proven. Refuses with <see cref="Reason.InvalidToken"/>, or with <see cref="Reason.Taken"/>
    /// when another account proved the address first.
    /// </summary>
    public async Task<Outcome<ConfirmedAddress>> Run(Caller caller, string? token, CancellationToken stop)
    {
        try
        {
            return await db.Write(() => Confirm(caller, token, clock.UtcNow(), stop), stop);
        }
        catch (Exception taken) when (db.IsTaken(taken))
        {
            return new Refusal(Reason.Taken, Field.Email);
        }
    }

    private async Task<Outcome<ConfirmedAddress>> Confirm(
        Caller caller, string? token, DateTime now, CancellationToken stop)
    {
        var signUp = await db.FindClaim(key, token, now, stop);
        if (signUp is null || !await Consume(signUp, now, stop)) return new Refusal(Reason.InvalidToken, Field.Token);
        await prove.Run(caller, signUp, now, stop);
        return new ConfirmedAddress(signUp.EmailSpelling, TerminalWaits: signUp.AccountId is null);
    }

    private async Task<bool> Consume(SignUp signUp, DateTime now, CancellationToken stop) => await db.SignUps
        .Where(s => s.Id == signUp.Id && s.LinkHash == signUp.LinkHash && s.ConfirmedAt == null)
        .ExecuteUpdateAsync(
            set => set.SetProperty(s => s.ConfirmedAt, now)
                .SetProperty(s => s.ConfirmedByLink, true)
                .SetProperty(s => s.CodeHash, (byte[]?)null)
                .SetProperty(s => s.LinkHash, (byte[]?)null),
            stop) == 1;
}

/// <summary>An address that was just proven.</summary>
/// <param name="Email">As its owner spells it.</param>
/// <param name="TerminalWaits">True when a sign-up goes on elsewhere; false when the account is complete.</param>
public sealed record ConfirmedAddress(string Email, bool TerminalWaits);
