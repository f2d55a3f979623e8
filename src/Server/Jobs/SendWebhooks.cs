using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Webhooks;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Jobs;

/// <summary>
/// Tells the platform what happened: every address that something is due for gets it, all of them at the same time. One
/// that does not answer holds up the others for as long as one attempt takes.
/// </summary>
public sealed class SendWebhooks(Db db, IServiceScopeFactory scopes, JobContext context) : IJob
{
    public async Task Run(CancellationToken stop)
    {
        var now = context.Clock.UtcNow();
        var due = await db.WebhookDeliveries
            .Where(d => d.State == DeliveryState.Pending && d.DueAt <= now)
            .Select(d => d.WebhookId).Distinct()
            .ToListAsync(stop);
        await Task.WhenAll(due.Select(webhook => Deliver(webhook, stop)));
    }

    private async Task Deliver(Guid webhook, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DeliverMessages>().Run(webhook, stop);
    }
}
