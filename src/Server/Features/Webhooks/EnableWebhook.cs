using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Webhooks;

/// <summary>
/// Tells an address again what happens, after it said that it was gone; for the operator alone. What it missed is told
/// by <see cref="ReplayMessages"/>.
/// </summary>
public sealed class EnableWebhook(Db db)
{
    /// <summary>Refuses with <see cref="Reason.NotFound"/>, also to everybody else.</summary>
    public async Task<Outcome<Done>> Run(Caller caller, string name, CancellationToken stop)
    {
        if (caller != Caller.Operator || Webhook.Parse(name) is not { } id) return Reason.NotFound;
        var enabled = await db.Write(
            () => db.Webhooks.Where(w => w.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(w => w.DisabledAt, (DateTime?)null), stop),
            stop);
        return enabled == 0 ? Reason.NotFound : Done.It;
    }
}
