using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Confirmations;

/// <summary>
/// Gives a claim a new code and link and mails them to the address that is claimed; when the address is somebody's
/// already, the claim stays hollow and its owner is told instead, at most once a day. Runs in the caller's transaction.
/// </summary>
public sealed class AskForConfirmation(Db db, Postbox postbox, MasterKey key, RateLimits limits)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Never refuses; that nothing is mailed any more is not told.</summary>
    /// <param name="signUp">The claim; one that is not stored is a stand-in, whose mail is thrown away.</param>
    /// <param name="owner">
    /// The address as its owner spells it, which is where the notice goes; null when it is free.
    /// </param>
    /// <param name="now">UTC.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Outcome<Done>> Run(SignUp signUp, string? owner, DateTime now, CancellationToken stop)
    {
        var (code, token) = (OneTimeToken.NewCode(), OneTimeToken.NewLink());
        var to = new EmailAddress(owner ?? signUp.EmailSpelling, signUp.Email);
        // Asked in both cases, so that both take as long.
        var userName = await db.Accounts.Where(a => a.Id == signUp.AccountId)
            .Select(a => a.UserName).SingleOrDefaultAsync(stop);
        var limit = owner is null ? "mail-address-free" : "mail-address-in-use";
        var daily = await limits.Take([new Limit(limit, signUp.Email, 1, Day)], stop);
        if (owner is null)
        {
            signUp.Renew(HashCode(signUp.Id, code), HashLink(token), now);
            var mail = new ConfirmAddressMail(code, token, signUp.RequestedFrom, now) { UserName = userName };
            var isStandIn = db.Entry(signUp).State == EntityState.Detached;
            db.OutboxMails.Add(isStandIn ? postbox.WriteNothing(mail, now) : postbox.Write(to, mail, now));
            return Done.It;
        }

        db.OutboxMails.Add(daily.Refusal is null
            ? postbox.Write(to, new AddressInUseMail(signUp.RequestedFrom, now), now)
            : postbox.WriteNothing(new AddressInUseMail(signUp.RequestedFrom, now), now));
        return Done.It;
    }

    private byte[] HashCode(Guid signUpId, Secret code) => key.HashOfCode(signUpId, code.Reveal());

    private byte[] HashLink(Secret token) => key.HashOfLink(token.Reveal());
}
