using System.Text;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Webhooks;

/// <summary>
/// Gives an address a new secret; for the operator alone. For a while each message is signed with the one before it as
/// well, so that the receiver can change over without missing any.
/// </summary>
public sealed class RotateWebhookSecret(Db db, MasterKey key, TimeProvider clock)
{
    /// <summary>How long both sign unless asked.</summary>
    public static readonly TimeSpan UsualOverlap = TimeSpan.FromHours(24);

    private static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(30);

    /// <summary>
    /// The address with its new secret, to be shown this once. Refuses with <see cref="Reason.OutOfRange"/> (not
    /// between none and thirty days), or with <see cref="Reason.NotFound"/>, also to everybody else.
    /// </summary>
    public async Task<Outcome<SharedWebhook>> Run(
        Caller caller, string name, TimeSpan overlap, CancellationToken stop)
    {
        if (caller != Caller.Operator || Webhook.Parse(name) is not { } id) return Reason.NotFound;
        if (overlap < TimeSpan.Zero || overlap > LongestOverlap) return Reason.OutOfRange;
        return await db.Write(() => Rotate(id, overlap, stop), stop);
    }

    private async Task<Outcome<SharedWebhook>> Rotate(Guid id, TimeSpan overlap, CancellationToken stop)
    {
        var secret = WebhookSecret.Generate();
        var box = key.Seal(Encoding.ASCII.GetBytes(secret.Reveal()), Webhook.SealContext(id));
        DateTime? until = overlap == TimeSpan.Zero ? null : clock.UtcNow() + overlap;
        // The right sides are those of before the statement.
        var rotated = await db.Webhooks.Where(w => w.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(w => w.SealedPrevious, w => until == null ? null : w.SealedSecret)
                .SetProperty(w => w.PreviousUntil, until)
                .SetProperty(w => w.SealedSecret, box),
            stop);
        if (rotated == 0) return Reason.NotFound;
        return new SharedWebhook(await db.Webhooks.AsNoTracking().SingleAsync(w => w.Id == id, stop), secret);
    }
}
