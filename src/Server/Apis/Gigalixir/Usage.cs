using Gatehouse.Features.Usage;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>What the running month costs (README, "Bills").</summary>
internal static class Usage
{
    /// <summary><c>GET /api/usage</c>: the running period so far, as its invoice will say it.</summary>
    public static Task<IResult> Show(HttpContext http, ShowUsage show, CancellationToken stop) =>
        show.Run(http.Caller(), stop).Answer(usage => Json.Data(usage.Apps.Select(AppCostReply.Of)));

    /// <summary><c>GET /api/usage/run_rate</c>: what a full period costs if nothing changes.</summary>
    public static Task<IResult> ShowRunRate(HttpContext http, ShowRunRate show, CancellationToken stop) =>
        show.Run(http.Caller(), stop).Answer(apps => Json.Data(apps.Select(AppCostReply.Of)));
}

/// <summary>What one app with its databases costs.</summary>
internal sealed record AppCostReply(long AmountCents, string App)
{
    public static AppCostReply Of(AppCost cost) => new(cost.Cost.WholeCents, cost.AppName);
}
