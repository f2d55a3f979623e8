using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Gatehouse.Jobs;

/// <summary>
/// Sends what waits in the outbox. A row is taken by moving its due time, so no two senders work on one; it goes when
/// the message was handed over, with everything that was in it. A sender that dies in between leaves the row to the
/// next one, under the same Message-ID.
/// </summary>
public sealed class SendOutboxMail(
    Db db, Postbox postbox, MailGateway gateway, Settings settings, JobContext context) : IJob
{
    private const int BatchSize = 20;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public async Task Run(CancellationToken stop)
    {
        var now = context.Clock.UtcNow();
        var due = await db.OutboxMails.AsNoTracking()
            .Where(mail => mail.DueAt <= now).OrderBy(mail => mail.DueAt).Take(BatchSize).ToListAsync(stop);
        foreach (var mail in due.Where(_ => !stop.IsCancellationRequested))
        {
            if (await Take(mail, now, stop)) await Deliver(mail, stop);
        }
    }

    private async Task<bool> Take(OutboxMail mail, DateTime now, CancellationToken stop) => await db.Write(
        () => db.OutboxMails
            .Where(row => row.Id == mail.Id && row.DueAt == mail.DueAt)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.DueAt, now + Lease)
                    .SetProperty(row => row.Attempts, row => row.Attempts + 1),
                stop),
        stop) == 1;

    private async Task Deliver(OutboxMail mail, CancellationToken stop)
    {
        try
        {
            var letter = postbox.Open(mail);
            if (letter.To != "") await gateway.Send(Compose(mail.Id, letter), stop);
            await db.Write(() => db.OutboxMails.Where(row => row.Id == mail.Id).ExecuteDeleteAsync(stop), stop);
        }
        catch (Exception failure)
        {
            // Stopped in the middle of it, the next start sends it at once and does not wait for the lease to end.
            var pause = stop.IsCancellationRequested ? TimeSpan.Zero : OutboxMail.PauseAfter(mail.Attempts + 1);
            context.Log.LogWarning(
                "Mail {Id} could not be sent ({Failure}); next try in {Pause}", mail.Id, failure.GetType().Name, pause);
            var next = context.Clock.UtcNow() + pause;
            await db.Write(
                () => db.OutboxMails.Where(row => row.Id == mail.Id).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.DueAt, next), CancellationToken.None),
                CancellationToken.None);
        }
    }

    private MimeMessage Compose(Guid id, Letter letter)
    {
        var from = MailboxAddress.Parse(settings.Mail.From);
        var message = new MimeMessage([from], [MailboxAddress.Parse(letter.To)], letter.Subject, Body(letter))
        {
            MessageId = $"{id:N}@{from.Domain}",
            Date = context.Clock.GetUtcNow(),
        };
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    /// <summary>8-bit, so that no line is folded: people copy links and codes out of the text part.</summary>
    private MultipartAlternative Body(Letter letter) =>
    [
        new TextPart("plain") { Text = letter.Text, ContentTransferEncoding = ContentEncoding.EightBit },
        new TextPart("html") { Text = MailLayout.Html(letter.Subject, letter.Text, postbox.Letterhead) },
    ];
}
