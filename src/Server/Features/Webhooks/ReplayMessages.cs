using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Webhooks;

/// <summary>
/// Sends messages again, under their old ids: one to every address that wants it, or all since a time to one address.
/// For the operator alone.
/// </summary>
public sealed class ReplayMessages(Db db, TimeProvider clock)
{
    /// <summary>
    /// How many are on their way now. Refuses with <see cref="Reason.NotFound"/> (no such message or address, also to
    /// everybody else) or <see cref="Reason.NotActive"/> (the address is disabled).
    /// </summary>
    /// <param name="caller">The operator.</param>
    /// <param name="name">A message, or an address.</param>
    /// <param name="since">From when on (UTC), for an address; messages are kept for a month.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Outcome<int>> Run(Caller caller, string name, DateTime? since, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        if (PlatformMessage.Parse(name) is { } message) return await db.Write(() => ReplayOne(message, stop), stop);
        if (Webhook.Parse(name) is not { } webhook || since is not { } beginning) return Reason.NotFound;
        return await db.Write(() => ReplayAll(webhook, beginning, stop), stop);
    }

    private async Task<Outcome<int>> ReplayOne(Guid id, CancellationToken stop)
    {
        var message = await db.PlatformMessages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, stop);
        if (message is null) return Reason.NotFound;
        var webhooks = await db.Webhooks.AsNoTracking().Where(w => w.DisabledAt == null).ToListAsync(stop);
        var wanting = webhooks.Where(w => w.Wants(message.Type)).Select(w => w.Id).ToList();
        await db.WebhookDeliveries.Where(d => d.MessageId == id && wanting.Contains(d.WebhookId))
            .ExecuteDeleteAsync(stop);
        return Queue(wanting.Select(webhook => (id, webhook)));
    }

    private async Task<Outcome<int>> ReplayAll(Guid id, DateTime since, CancellationToken stop)
    {
        var webhook = await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, stop);
        if (webhook is null) return Reason.NotFound;
        if (webhook.DisabledAt is not null) return Reason.NotActive;
        var types = webhook.TypeNames == "" ? PlatformMessage.Types : webhook.Types;
        var messages = db.PlatformMessages.Where(m => m.At >= since && types.Contains(m.Type));
        var ids = await messages.Select(m => m.Id).ToListAsync(stop);
        await db.WebhookDeliveries
            .Where(d => d.WebhookId == id && messages.Any(m => m.Id == d.MessageId))
            .ExecuteDeleteAsync(stop);
        return Queue(ids.Select(message => (message, id)));
    }

    private int Queue(IEnumerable<(Guid Message, Guid Webhook)> pairs)
    {
        var now = clock.UtcNow();
        var deliveries = pairs.Select(pair => new WebhookDelivery
        {
            MessageId = pair.Message,
            WebhookId = pair.Webhook,
            State = DeliveryState.Pending,
            DueAt = now,
        }).ToList();
        db.WebhookDeliveries.AddRange(deliveries);
        return deliveries.Count;
    }
}
