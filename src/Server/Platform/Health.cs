using Gatehouse.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Platform;

/// <summary>Is the process alive, and may it get requests?</summary>
public static class Health
{
    /// <summary>How far the clocks of node and database may be apart.</summary>
    public static readonly TimeSpan LargestOffset = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => TypedResults.Ok(new HealthReply("alive"))).WithTags("Health");
        app.MapGet("/readyz", IsReady).WithTags("Health");
    }

    private static async Task<IResult> IsReady(Db db, Clock clock, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            var pending = await db.Database.GetPendingMigrationsAsync(patience.Token);
            if (pending.Any()) return NotReady("the database is not migrated");
            var offset = (clock.Source.UtcNow() - await db.ReadClock(patience.Token)).Duration();
            return offset > LargestOffset
                ? NotReady($"this machine's clock is {offset.TotalSeconds:0} s away from the database's")
                : TypedResults.Ok(new HealthReply("ready"));
        }
        catch (Exception unreachable) when (!stop.IsCancellationRequested && Faults.IsOutage(unreachable))
        {
            return NotReady("the database cannot be reached");
        }
    }

    private static JsonHttpResult<HealthReply> NotReady(string why) =>
        TypedResults.Json(new HealthReply("not ready", why), statusCode: StatusCodes.Status503ServiceUnavailable);
}

/// <summary>The answer to a health check.</summary>
/// <param name="Status">One word.</param>
/// <param name="Why">What is wrong; missing when nothing is.</param>
public sealed record HealthReply(string Status, string? Why = null);
