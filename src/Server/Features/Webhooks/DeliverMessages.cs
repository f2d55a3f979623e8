using System.Text;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Webhooks;

/// <summary>
/// Sends one address what is due, in the order in which it happened. A row is taken by moving its due time, so no two
/// senders work on one; a sender that dies leaves it to the next one, under the same id.
/// </summary>
public sealed class DeliverMessages(
    Db db, WebhookGateway gateway, MasterKey key, TimeProvider clock, ILogger<DeliverMessages> log)
{
    private const int BatchSize = 50;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Never refuses. The first message that finds nobody ends it: the others would wait as long, one after the other.
    /// </summary>
    public async Task Run(Guid webhookId, CancellationToken stop)
    {
        var webhook = await db.Webhooks.AsNoTracking()
            .SingleOrDefaultAsync(w => w.Id == webhookId && w.DisabledAt == null, stop);
        if (webhook is null)
        {
            // Told by a change that did not know yet.
            await db.Write(() => GiveUp(webhookId), stop);
            return;
        }

        foreach (var (delivery, message) in await FindDue(webhookId, stop))
        {
            var lease = clock.UtcNow() + Lease;
            if (!await Take(delivery, lease, stop)) continue;
            var answer = await Send(webhook, message, lease, stop);
            if (answer is null || answer.IsGone || answer.Status is null) return;
        }
    }

    private async Task<IReadOnlyList<(WebhookDelivery Delivery, PlatformMessage Message)>> FindDue(
        Guid webhookId, CancellationToken stop)
    {
        var now = clock.UtcNow();
        var due = await db.WebhookDeliveries.AsNoTracking()
            .Where(d => d.WebhookId == webhookId && d.State == DeliveryState.Pending && d.DueAt <= now)
            .Join(db.PlatformMessages, d => d.MessageId, m => m.Id, (delivery, message) => new { delivery, message })
            .OrderBy(both => both.message.At).ThenBy(both => both.message.Sequence)
            .Take(BatchSize)
            .ToListAsync(stop);
        return [.. due.Select(both => (both.delivery, both.message))];
    }

    private async Task<bool> Take(WebhookDelivery delivery, DateTime lease, CancellationToken stop)
    {
        var now = clock.UtcNow();
        var taken = await db.Write(
            () => Row(delivery.MessageId, delivery.WebhookId, delivery.DueAt).ExecuteUpdateAsync(
                set => set.SetProperty(d => d.DueAt, lease).SetProperty(d => d.TriedAt, now)
                    .SetProperty(d => d.Attempts, d => d.Attempts + 1),
                stop),
            stop);
        return taken == 1;
    }

    /// <summary>A row that waits, as it was seen: replayed or taken meanwhile, it is not this one any more.</summary>
    private IQueryable<WebhookDelivery> Row(Guid messageId, Guid webhookId, DateTime dueAt) =>
        db.WebhookDeliveries.Where(d => d.MessageId == messageId && d.WebhookId == webhookId
            && d.State == DeliveryState.Pending && d.DueAt == dueAt);

    /// <summary>Null when the program is about to end.</summary>
    private async Task<WebhookAnswer?> Send(
        Webhook webhook, PlatformMessage message, DateTime lease, CancellationToken stop)
    {
        var row = Row(message.Id, webhook.Id, lease);
        try
        {
            var (url, id) = (new Uri(webhook.Url), PlatformMessage.NameOf(message.Id));
            var post = new WebhookPost(url, id, clock.UtcNow(), Secrets(webhook), message.Body);
            var answer = await gateway.Post(post, stop);
            await db.Write(() => Note(webhook, row, answer), CancellationToken.None);
            return answer;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped in the middle of it, the next start sends it at once and does not wait for the lease to end.
            var now = clock.UtcNow();
            await db.Write(
                () => row.ExecuteUpdateAsync(set => set.SetProperty(d => d.DueAt, now), CancellationToken.None),
                CancellationToken.None);
            return null;
        }
    }

    private async Task<Done> Note(Webhook webhook, IQueryable<WebhookDelivery> row, WebhookAnswer answer)
    {
        var now = clock.UtcNow();
        var attempts = await row.Select(d => d.Attempts).SingleOrDefaultAsync(CancellationToken.None);
        var pause = answer.IsTaken || answer.IsGone || attempts == 0 ? null : WebhookDelivery.PauseAfter(attempts);
        var state = answer.IsTaken ? DeliveryState.Delivered
            : pause is null ? DeliveryState.GivenUp
            : DeliveryState.Pending;
        var failure = WhyNot(answer);
        if (!answer.IsTaken)
            log.LogWarning(
                "webhook.failed: {Webhook} {Failure}; attempt {Attempt}, {State}",
                Webhook.NameOf(webhook.Id), failure, attempts, state);
        await row.ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, state)
                .SetProperty(d => d.DueAt, now + (pause ?? TimeSpan.Zero))
                .SetProperty(d => d.Status, answer.Status)
                .SetProperty(d => d.Failure, failure),
            CancellationToken.None);
        if (!answer.IsGone) return Done.It;
        await db.Webhooks.Where(w => w.Id == webhook.Id && w.DisabledAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(w => w.DisabledAt, now), CancellationToken.None);
        await GiveUp(webhook.Id);
        return Done.It;
    }

    private static string WhyNot(WebhookAnswer answer) => answer switch
    {
        { IsTaken: true } => "",
        { IsGone: true } => "answered 410: the address is gone",
        { Status: >= 300 and < 400 and var moved } => $"answered {moved}; redirects are not followed",
        { Status: { } status } => $"answered {status}",
        { Failure: var silence } => silence,
    };

    /// <summary>Nothing waits for an address that is gone or was removed.</summary>
    private Task<int> GiveUp(Guid webhookId)
    {
        var waiting = db.WebhookDeliveries.Where(d => d.WebhookId == webhookId && d.State == DeliveryState.Pending);
        return waiting.ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.GivenUp)
                .SetProperty(d => d.Failure, "not sent: the address is gone"),
            CancellationToken.None);
    }

    private IReadOnlyList<Secret> Secrets(Webhook webhook)
    {
        var boxes = webhook.SealedPrevious is { } previous && webhook.PreviousUntil > clock.UtcNow()
            ? new[] { webhook.SealedSecret, previous }
            : [webhook.SealedSecret];
        return
        [
            .. boxes.Select(box => new Secret(
                Encoding.ASCII.GetString(key.Open(box, Webhook.SealContext(webhook.Id))))),
        ];
    }
}
