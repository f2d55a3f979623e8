using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Webhooks;

/// <summary>All addresses that are told what happens; for the operator alone, and never with a secret.</summary>
public sealed class ListWebhooks(Db db)
{
    /// <summary>The oldest first. Refuses with <see cref="Reason.NotFound"/> to everybody else.</summary>
    public async Task<Outcome<IReadOnlyList<ListedWebhook>>> Run(Caller caller, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        var webhooks = await db.Webhooks.AsNoTracking()
            .OrderBy(webhook => webhook.Id)
            .Select(webhook => new ListedWebhook(
                webhook,
                db.WebhookDeliveries.Count(d => d.WebhookId == webhook.Id && d.State == DeliveryState.Pending),
                db.WebhookDeliveries.Count(d => d.WebhookId == webhook.Id && d.State == DeliveryState.GivenUp)))
            .ToListAsync(stop);
        return Outcome.Of<IReadOnlyList<ListedWebhook>>(webhooks);
    }
}

/// <summary>An address and how it does.</summary>
/// <param name="Webhook">The address.</param>
/// <param name="Waiting">Messages that wait for an attempt.</param>
/// <param name="GivenUp">Messages of the last month that it never took.</param>
public sealed record ListedWebhook(Webhook Webhook, int Waiting, int GivenUp);
