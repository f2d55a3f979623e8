using System.Globalization;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Commands;

/// <summary>Whether the platform knows what it has to know.</summary>
internal sealed class DoctorWebhooks(Db db, TimeProvider clock)
{
    private const string Check = "Webhooks";
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Lost = TimeSpan.FromHours(24);

    /// <summary>Addresses, what waits for them, and what they never took.</summary>
    public async Task<DoctorFinding> Look(CancellationToken stop)
    {
        var webhooks = await db.Webhooks.AsNoTracking().ToListAsync(stop);
        if (webhooks.Count == 0) return DoctorFinding.Green(Check, "none: nobody is told what happens");
        var backlog = await db.LookAtWebhooks(stop);
        if (webhooks.Find(webhook => webhook.DisabledAt is not null) is { } gone)
            return DoctorFinding.Red(
                Check, $"{Webhook.NameOf(gone.Id)} said 410 and is told nothing: webhook:enable or webhook:remove");
        if (backlog.GivenUp > 0)
            return DoctorFinding.Red(
                Check,
                $"{backlog.GivenUp} messages were given up: webhook:deliveries says why, webhook:replay sends again");
        if (backlog.Oldest is not { } oldest)
            return DoctorFinding.Green(Check, $"{webhooks.Count} told everything");
        var age = clock.UtcNow() - oldest;
        var says = string.Create(
            CultureInfo.InvariantCulture, $"{backlog.Waiting} messages wait, the oldest for {age.TotalMinutes:0} min");
        return age < Late ? DoctorFinding.Green(Check, says)
            : age < Lost ? DoctorFinding.Yellow(Check, $"{says}: webhook:deliveries says why")
            : DoctorFinding.Red(Check, $"{says}: webhook:deliveries says why");
    }
}
