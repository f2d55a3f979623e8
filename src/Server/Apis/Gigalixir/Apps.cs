using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>Apps, their replicas and their activity (README, "Apps").</summary>
internal static class Apps
{
    /// <summary><c>GET /api/apps</c>.</summary>
    public static Task<IResult> List(HttpContext http, ListApps list, CancellationToken stop) =>
        list.Run(http.Caller(), stop).Answer(apps => Json.Data(apps.Select(AppReply.Of)));

    /// <summary><c>POST /api/apps</c>: 201, clients take 200 for a failure.</summary>
    public static Task<IResult> Create(HttpContext http, CreateApp create, CancellationToken stop) =>
        Json.Reading<AppRequest>(http, body => create
            .Run(http.Caller(), new WantedApp(body.UniqueName, body.Cloud, body.Region, body.Stack), stop)
            .Answer(made => Json.Data(AppReply.Of(made), StatusCodes.Status201Created)));

    /// <summary><c>GET /api/apps/{app}</c>.</summary>
    public static Task<IResult> Show(HttpContext http, string app, ShowApp show, CancellationToken stop) =>
        show.Run(http.Caller(), app, stop).Answer(found => Json.Data(AppReply.Of(found)));

    /// <summary><c>DELETE /api/apps/{app}</c>.</summary>
    public static Task<IResult> Destroy(HttpContext http, string app, DestroyApp destroy, CancellationToken stop) =>
        destroy.Run(http.Caller(), app, stop).Answer(_ => Json.Data("deleted"));

    /// <summary><c>GET /api/apps/{app}/status</c>: what is wanted, and what runs as the platform reported.</summary>
    public static Task<IResult> ShowStatus(HttpContext http, string app, ShowReplicas show, CancellationToken stop) =>
        show.Run(http.Caller(), app, stop).Answer(found => Json.Data(AppStatusReply.Of(found)));

    /// <summary><c>PUT /api/apps/{app}/scale</c>.</summary>
    public static Task<IResult> Scale(HttpContext http, string app, ScaleApp scale, CancellationToken stop) =>
        Json.Reading<ScaleRequest>(http, body => Gigabytes.Read(body.Size).Match(
            size => scale.Run(http.Caller(), app, body.Replicas, size, stop)
                .Answer(scaled => Json.Data(new ScaleReply(scaled.Replicas, scaled.Size.Gigabytes))),
            refused => Task.FromResult(Errors.Answer(refused))));

    /// <summary><c>PUT /api/apps/{app}/restart</c>.</summary>
    public static Task<IResult> Restart(HttpContext http, string app, RestartApp restart, CancellationToken stop) =>
        restart.Run(http.Caller(), app, stop).Answer(_ => Json.Data("restarted"));

    /// <summary><c>PUT /api/apps/{app}/stack</c>.</summary>
    public static Task<IResult> Restack(HttpContext http, string app, RestackApp restack, CancellationToken stop) =>
        Json.Reading<AppRequest>(http, body => restack
            .Run(http.Caller(), app, body.Stack, stop)
            .Answer(Json.Nothing));

    /// <summary><c>GET /api/apps/{app}/activity</c>.</summary>
    public static Task<IResult> ListActivity(
        HttpContext http, string app, ShowAppActivity show, CancellationToken stop) => show
        .Run(http.Caller(), app, stop)
        .Answer(events => Json.Data(events.Select(AppEventReply.Of)));

    /// <summary><c>PUT /api/apps/{app}/maintenance</c>.</summary>
    public static Task<IResult> Maintain(HttpContext http, string app, MaintainApp maintain, CancellationToken stop) =>
        Json.Reading<MaintenanceRequest>(http, body => maintain
            .Run(http.Caller(), app, body.Enable, stop)
            .Answer(isOn => Json.Data(isOn ? "maintenance mode is on" : "maintenance mode is off")));

    /// <summary>What the platform does itself: releases, logs, shells and the like.</summary>
    public static IResult NotBuilt() => Errors.NotBuilt;
}

/// <summary>What the routes of this file take, each its own part.</summary>
internal sealed record AppRequest
{
    public string? UniqueName { get; init; }

    public string? Cloud { get; init; }

    public string? Region { get; init; }

    public string? Stack { get; init; }
}

/// <summary>What <c>PUT …/scale</c> takes; what is missing stays as it is.</summary>
internal sealed record ScaleRequest
{
    public int? Replicas { get; init; }

    public JsonElement? Size { get; init; }
}

/// <summary>What <c>PUT …/maintenance</c> takes.</summary>
internal sealed record MaintenanceRequest
{
    public bool? Enable { get; init; }
}

/// <summary>Sizes on the wire: numbers of gigabytes, read exactly or not at all.</summary>
internal static class Gigabytes
{
    // More digits than any size has, and fewer than a decimal would round.
    private const int MostDigits = 20;

    public static Outcome<decimal?> Read(JsonElement? size) => size switch
    {
        null or { ValueKind: JsonValueKind.Null } => (decimal?)null,
        { ValueKind: JsonValueKind.Number } number => Parse(number.GetRawText()),
        _ => new Refusal(Reason.InvalidFormat, Field.Size),
    };

    private static Outcome<decimal?> Parse(string text) =>
        text.Length <= MostDigits
        && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var gigabytes)
            ? gigabytes
            : new Refusal(Reason.InvalidFormat, Field.Size);
}

/// <summary>How an app shall be after it was scaled.</summary>
internal sealed record ScaleReply(int Replicas, decimal Size);

/// <summary>An app as clients know it.</summary>
/// <param name="Cloud">Whose machines it runs on.</param>
/// <param name="Region">Where.</param>
/// <param name="Replicas">How many are wanted.</param>
/// <param name="ReplicasRunning">How many run, as the platform reported last.</param>
/// <param name="Role">What the caller may do with it.</param>
/// <param name="Size">Gigabytes of one replica.</param>
/// <param name="Stack">The system image.</param>
/// <param name="UniqueName">Its name.</param>
/// <param name="Version">Rises with every change that needs new instances.</param>
internal sealed record AppReply(
    string Cloud,
    string Region,
    int Replicas,
    int ReplicasRunning,
    string Role,
    decimal Size,
    string Stack,
    string UniqueName,
    int Version)
{
    /// <summary>True in maintenance mode; missing otherwise, as the original has no such field.</summary>
    public bool? Maintenance { get; init; }

    /// <summary>When it was so; null while the platform never reported.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTime? ReportedAt { get; init; }

    public static AppReply Of(FoundApp found) => Of(found.App, found.Role);

    public static AppReply Of(App app, AppRole role) => new(
        app.Cloud, app.Region, app.Replicas, app.ReplicasRunning, NameOf(role), app.Size.Gigabytes, app.Stack, app.Name,
        app.Version)
    {
        ReportedAt = app.ReportedAt,
        Maintenance = app.MaintenanceSince is null ? null : true,
    };

    public static string NameOf(AppRole role) => role switch
    {
        AppRole.Viewer => "VIEWER",
        AppRole.Collaborator => "COLLABORATOR",
        AppRole.Owner => "OWNER",
    };
}

/// <summary>What is wanted of an app and what runs of it.</summary>
internal sealed record AppStatusReply(
    string Cloud,
    IReadOnlyList<PodReply> Pods,
    string Region,
    int ReplicasDesired,
    int ReplicasRunning,
    decimal Size,
    string Stack,
    string UniqueName)
{
    /// <summary>When it was so; null while the platform never reported.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTime? ReportedAt { get; init; }

    public static AppStatusReply Of(AppReplicas found)
    {
        var (app, pods) = found;
        return new AppStatusReply(
            app.Cloud, [.. pods.Select(PodReply.Of)], app.Region, app.Replicas, app.ReplicasRunning, app.Size.Gigabytes,
            app.Stack, app.Name)
        {
            ReportedAt = app.ReportedAt,
        };
    }
}

/// <summary>An instance, as the platform reported it.</summary>
internal sealed record PodReply(string Name, string Sha, string Status, string Version)
{
    /// <summary>Spelt as clients know it.</summary>
    [JsonPropertyName("lastState")]
    public required JsonElement LastState { get; init; }

    public static PodReply Of(AppPod pod) => new(pod.Name, pod.Sha, pod.Status, pod.Version)
    {
        LastState = JsonElement.Parse(pod.LastState),
    };
}

/// <summary>One event of an app; the actor is null when it has no part in the app any more.</summary>
internal sealed record AppEventReply(DateTime At, string Event, string Detail)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Actor { get; init; }

    public static AppEventReply Of(AppActivity activity) =>
        new(activity.Event.At, activity.Event.Event, activity.Event.Detail) { Actor = activity.Actor };
}
