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
    public async Task Run(
        Caller caller, Guid accountId, EmailAddress to, Notice notice, DateTime now, CancellationToken stop)
    {
        var limit = new Limit($"notice-{notice}", $"{accountId:D}", 1, Hour);
        if ((await limits.Take([limit], stop)).Refusal is not null) return;
        db.OutboxMails.Add(postbox.Write(to, new NoticeMail(notice, caller.Address, now), now));
    }
}
