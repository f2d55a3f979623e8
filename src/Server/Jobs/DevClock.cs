using System.Globalization;
using Gatehouse.Platform;

namespace Gatehouse.Jobs;

/// <summary>
/// <c>POST /dev/clock {"advance":"31.00:00:00"}</c>: moves the clock of a Development server forward, for programs on
/// this machine; what falls due runs before the answer.
/// </summary>
public static class DevClock
{
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(3660);

    public static void MapDevClock(this IEndpointRouteBuilder app) =>
        app.MapPost("/dev/clock", Advance).WithTags("Development");

    private static async Task<IResult> Advance(
        DevClockRequest body, HttpContext http, Clock clock, JobRunner jobs, CancellationToken stop)
    {
        if (!http.IsFromHere()) return TypedResults.NotFound();
        var isSpan = TimeSpan.TryParse(body.Advance, CultureInfo.InvariantCulture, out var by);
        if (!isSpan || by < TimeSpan.Zero || by > Furthest)
            return TypedResults.BadRequest(new DevClockReply("advance is no span of time such as 31.00:00:00"));
        clock.Advance(by);
        await jobs.RunDue(stop);
        return TypedResults.Ok(new DevClockReply(clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)));
    }
}

/// <summary>How far to move.</summary>
public sealed record DevClockRequest(string? Advance);

/// <summary>What time it is now, or what was wrong.</summary>
public sealed record DevClockReply(string Now);
