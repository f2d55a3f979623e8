using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Confirmations;

/// <summary>
/// Confirmation without a browser and without the terminal that began: address and code. Tries count per address,
/// whether or not anything waits there, so the answers tell nothing.
/// </summary>
public sealed class ConfirmByEmail(Db db, ConfirmByLink byLink, MasterKey key, SignUpLimits limits, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/>, <see cref="Reason.InvalidFormat"/>,
    /// <see cref="Reason.TooManyAttempts"/> or <see cref="Reason.Taken"/>.
    /// </summary>
    public async Task<Outcome<ConfirmedAddress>> Run(
        Caller caller, string? email, string? code, CancellationToken stop)
    {
        if (!EmailAddress.Parse(email).Is(out var address, out var refusal)) return refusal;
        var typed = code?.Trim();
        if (!OneTimeToken.IsCode(typed)) return new Refusal(Reason.InvalidFormat, Field.ConfirmationCode);
        if ((await limits.TakeCode(address, stop)).Refusal is { } tooMany)
            return tooMany with { Field = Field.ConfirmationCode };
        var token = await db.Write(() => ExchangeForLink(address.Canonical, typed!, clock.UtcNow(), stop), stop);
        return token is null
            ? new Refusal(Reason.InvalidToken, Field.ConfirmationCode)
            : await byLink.Run(caller, token.Reveal(), stop);
    }

    /// <summary>Consumes the code and puts a fresh link in its place, which is used at once.</summary>
    private async Task<Secret?> ExchangeForLink(string email, string code, DateTime now, CancellationToken stop)
    {
        foreach (var claim in await db.SignUps.AsNoTracking().Waiting(email, now).Take(10).ToListAsync(stop))
        {
            var (hash, token) = (key.HashOfCode(claim.Id, code), OneTimeToken.NewLink());
            var link = key.HashOfLink(token.Reveal());
            var exchanged = await db.SignUps
                .Where(s => s.Id == claim.Id && s.CodeHash == hash && s.CodeExpiresAt > now && s.ConfirmedAt == null)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(s => s.CodeHash, (byte[]?)null).SetProperty(s => s.LinkHash, link), stop);
            if (exchanged == 1) return token;
        }

        return null;
    }
}
