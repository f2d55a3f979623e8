using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Mail;
using Gatehouse.Platform;

namespace Gatehouse.Features.Notices;

/// <summary>
/// Mails a security notice to the owner of an account, at most one of a kind an hour. Runs in the caller's transaction.
/// </summary>
public sealed class Notify(Db db, Postbox postbox, RateLimits limits)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Never refuses; one notice too many is left out.</summary>
    /// <param name="caller">Who did it.</param>
    /// <param name="accountId">To whose account.</param>
    /// <param name="to">Where its owner reads; null where nobody does, at the same cost.</param>
    /// <param name="notice">What.</param>
    /// <param name="now">When (UTC).</param>
    /// <param name="stop">Gives up.</param>
    /// <param name="left">How much is left of it, where that is what the owner has to know.</param>
    public async Task Run(
        Caller caller, Guid accountId, EmailAddress? to, Notice notice, DateTime now, CancellationToken stop,
        int? left = null)
    {
        var limit = new Limit($"notice-{notice}", $"{accountId:D}", 1, Hour);
        if ((await limits.Take([limit], stop)).Refusal is not null) return;
        var mail = new NoticeMail(notice, caller.Address, now, left);
        db.OutboxMails.Add(to is null ? postbox.WriteNothing(mail, now) : postbox.Write(to, mail, now));
    }
}
