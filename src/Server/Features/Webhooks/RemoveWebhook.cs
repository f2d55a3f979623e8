using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Webhooks;

/// <summary>Removes an address, with its secret and all that waited for it; for the operator alone.</summary>
public sealed class RemoveWebhook(Db db)
{
    /// <summary>Refuses with <see cref="Reason.NotFound"/>, also to everybody else.</summary>
    public async Task<Outcome<Done>> Run(Caller caller, string name, CancellationToken stop)
    {
        if (caller != Caller.Operator || Webhook.Parse(name) is not { } id) return Reason.NotFound;
        return await db.Write(() => Remove(id, stop), stop);
    }

    private async Task<Outcome<Done>> Remove(Guid id, CancellationToken stop)
    {
        if (await db.Webhooks.Where(w => w.Id == id).ExecuteDeleteAsync(stop) == 0) return Reason.NotFound;
        await db.WebhookDeliveries.Where(d => d.WebhookId == id).ExecuteDeleteAsync(stop);
        return Done.It;
    }
}
