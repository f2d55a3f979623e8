using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Collaborators;
using Gatehouse.Features.Notices;
using Gatehouse.Features.PromoCodes;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.SignUps;

/// <summary>
/// Turns a finished sign-up into an account, with its card and its promo code. Runs in the caller's transaction, which
/// holds the sign-up; what can be refused is refused before anything changes.
/// </summary>
public sealed class OpenAccount(
    Db db, RedeemPromoCode redeem, LoginLimits limits, Notify notify, TimeProvider clock)
{
    /// <summary>Refuses what <see cref="RedeemPromoCode"/> refuses.</summary>
    public async Task<Outcome<Account>> Run(Caller caller, SignUp signUp, Tier tier, CancellationToken stop)
    {
        var now = clock.UtcNow();
        var card = await db.PaymentMethods
            .Where(m => m.HolderId == signUp.Id && m.ReplacedAt == null)
            .Select(m => m.Fingerprint).SingleOrDefaultAsync(stop);
        var email = new EmailAddress(signUp.EmailSpelling, signUp.Email);
        var account = Account.Open(email, signUp.PasswordHash, signUp.ConfirmedAt, now);
        account.BeginIn(tier);
        if (signUp.PromoCode is { } code)
        {
            var redemption = new Redemption(account.Id, account.Email, card, code);
            if ((await redeem.Run(redemption, now, stop)).Refusal is { } refusal) return refusal;
        }

        await db.SignUps.Where(s => s.Id == signUp.Id).ExecuteDeleteAsync(stop);
        db.Accounts.Add(account);
        await db.SaveChangesAsync(stop);
        var link = signUp.Identity is { } identity ? ExternalLogin.Link(account.Id, identity, now) : null;
        if (link is not null)
        {
            await db.ForgetClosed(signUp.Identity!, stop);
            db.ExternalLogins.Add(link);
            // No mail with a code came before: without this one, the owner of the address would hear nothing.
            await notify.Run(caller, account.Id, account.Address, Notice.ExternalSignUp, now, stop);
        }

        await db.BindAccess(account.Id, account.Email, stop);
        await MoveCard(signUp.Id, account.Id, stop);
        await Note(caller, (account.Id, link?.Id), signUp, now, stop);
        await limits.Know(caller, account.Id.ToString("D"), device: null, stop);
        return account;
    }

    /// <summary>The card, and the pages on which one may still be entered.</summary>
    private async Task MoveCard(Guid signUpId, Guid accountId, CancellationToken stop)
    {
        await db.PaymentMethods
            .Where(m => m.HolderId == signUpId)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.HolderId, accountId), stop);
        await db.CardSetups
            .Where(s => s.AccountId == signUpId)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.AccountId, accountId), stop);
    }

    private async Task Note(
        Caller caller, (Guid Account, Guid? Link) made, SignUp signUp, DateTime now, CancellationToken stop)
    {
        var accountId = made.Account;
        await db.Append(caller, accountId, new AuditFact(AuditEvent.AccountCreated), now, stop);
        await db.Append(caller, accountId, new AuditFact(AuditEvent.EmailConfirmed), now, stop);
        if (made.Link is { } link)
            await db.Append(
                caller, accountId, new AuditFact(AuditEvent.ExternalLoginLinked, link.ToString("D")), now, stop);
        if (signUp.PromoCode is { } promoCode)
            await db.Append(caller, accountId, new AuditFact(AuditEvent.PromoRedeemed, promoCode), now, stop);
    }
}
