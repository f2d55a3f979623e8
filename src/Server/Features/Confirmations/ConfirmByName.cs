using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Confirmations;

/// <summary>
/// Proves the address of a registered account with the token of its link and its user name, in one call. Asking again
/// with the same token is answered the same while the link would have lived, and changes nothing.
/// </summary>
public sealed class ConfirmByName(Db db, ConfirmByLink byLink, RateLimits memory, MasterKey key, TimeProvider clock)
{
    private const string Fact = "confirmed-by-name";

    /// <summary>
    /// Refuses with <see cref="Reason.Mismatch"/> when the token is another account's, or what
    /// <see cref="ConfirmByLink"/> refuses.
    /// </summary>
    public async Task<Outcome<Done>> Run(Caller caller, string userName, string token, CancellationToken stop)
    {
        var now = clock.UtcNow();
        var name = UserName.Parse(userName).Match(parsed => parsed.Canonical, _ => "");
        var subject = $"{name}/{token}";
        if (await db.FindClaim(key, token, now, stop) is not { } claim)
            return OneTimeToken.IsLink(token) && await memory.Remembers(Fact, subject, stop) ? Done.It : Invalid;
        if (!await db.Accounts.AnyAsync(a => a.Id == claim.AccountId && a.UserNameCanonical == name, stop))
            return new Refusal(Reason.Mismatch, Field.UserName);
        if ((await byLink.Run(caller, token, stop)).Refusal is { } refusal) return refusal;
        return await db.Write(() => Remember(subject, claim.LinkExpiresAt - now, stop), stop);
    }

    private static Refusal Invalid => new(Reason.InvalidToken, Field.Token);

    private async Task<Outcome<Done>> Remember(string subject, TimeSpan life, CancellationToken stop)
    {
        await memory.Remember(Fact, subject, life, stop);
        return Done.It;
    }
}
