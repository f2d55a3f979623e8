using System.Text.Json;

namespace Gatehouse.Features.Apps;

/// <summary>What the platform says that runs of an app, as it came.</summary>
/// <param name="At">When it was so: ISO 8601 with an offset.</param>
/// <param name="ReplicasRunning">How many replicas serve.</param>
/// <param name="Pods">The instances; null for none.</param>
public sealed record Report(string? At, int? ReplicasRunning, IReadOnlyList<ReportedPod?>? Pods);

/// <summary>One instance, as it came.</summary>
/// <param name="Name">Unique within the report.</param>
/// <param name="Sha">The commit that it runs.</param>
/// <param name="Status">In the platform's words, such as <c>Healthy</c>.</param>
/// <param name="Version">The version that it runs.</param>
/// <param name="LastState">How it ended before it was started anew: an object.</param>
public sealed record ReportedPod(string? Name, string? Sha, string? Status, string? Version, JsonElement? LastState);
