using System.Text.Json;
using System.Text.Json.Serialization;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Platform;

/// <summary>What the platform says about apps (README, "Reports").</summary>
internal static class Apps
{
    private static readonly JsonSerializerOptions Read = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
    };

    /// <summary><c>POST /platform/v1/apps/{name}/report</c>.</summary>
    public static async Task<IResult> Report(HttpContext http, string name, NoteReport note, CancellationToken stop)
    {
        if (!(await ReadBody(http)).Is(out var body, out var refusal)) return Errors.Answer(refusal);
        var noted = await note.Run(http.Caller(), name, body.ToReport(), stop);
        return noted.Match(
            report => TypedResults.Json(new ReportReply(report.IsNews, report.LastAt), Read), Errors.Answer);
    }

    private static async Task<Outcome<ReportRequest>> ReadBody(HttpContext http)
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<ReportRequest>(
                http.Request.Body, Read, http.RequestAborted);
            return body is null ? Reason.MalformedRequest : body;
        }
        catch (JsonException wrong)
        {
            return wrong.Path is { Length: > 2 } path
                ? new Refusal(Reason.InvalidFormat, Field.Report) { Text = $"{path[2..]} is of the wrong kind" }
                : Reason.MalformedRequest;
        }
    }
}

/// <summary>What runs of an app.</summary>
internal sealed record ReportRequest
{
    public string? ReportedAt { get; init; }

    public int? ReplicasRunning { get; init; }

    public IReadOnlyList<PodRequest?>? Pods { get; init; }

    public Report ToReport() => new(ReportedAt, ReplicasRunning, Pods?.Select(pod => pod?.ToPod()).ToList());
}

/// <summary>One instance, by the names that clients of <c>/api</c> know.</summary>
internal sealed record PodRequest
{
    public string? Name { get; init; }

    public string? Sha { get; init; }

    public string? Status { get; init; }

    public string? Version { get; init; }

    [JsonPropertyName("lastState")]
    public JsonElement? LastState { get; init; }

    public ReportedPod ToPod() => new(Name, Sha, Status, Version, LastState);
}

/// <summary>Whether the report is what is shown now, and the time of the one that is.</summary>
internal sealed record ReportReply(bool Noted, DateTime ReportedAt);
