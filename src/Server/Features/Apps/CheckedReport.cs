using System.Globalization;
using System.Text;
using System.Text.Json;
using Gatehouse.Domain;

namespace Gatehouse.Features.Apps;

/// <summary>A report that is what it should be, and no larger.</summary>
/// <param name="At">When it was so (UTC), to the microsecond, which is what both databases keep.</param>
/// <param name="ReplicasRunning">How many replicas serve.</param>
/// <param name="Pods">The instances.</param>
internal sealed record CheckedReport(DateTime At, int ReplicasRunning, IReadOnlyList<ReportedPod> Pods)
{
    private const int MostReplicas = 1000;
    private const int MostPods = 200;
    private const int LongestName = 253;
    private const int LongestWord = 64;
    private const int LongestState = 1024;

    /// <summary>A clock that runs further ahead would keep out all reports until then.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Refuses with <see cref="Reason.Required"/>, <see cref="Reason.InvalidFormat"/> or
    /// <see cref="Reason.OutOfRange"/>; the text says what is wrong with which field.
    /// </summary>
    public static Outcome<CheckedReport> Of(Report report, DateTime now)
    {
        if (report.At is null) return Wrong(Reason.Required, "reported_at is required");
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTime.TryParse(report.At, CultureInfo.InvariantCulture, Utc, out var at))
            return Wrong(Reason.InvalidFormat, "reported_at is no time such as 2027-06-15T10:00:00Z");
        if (at > now + Ahead) return Wrong(Reason.OutOfRange, "reported_at lies ahead: one of the two clocks is wrong");
        if (report.ReplicasRunning is not { } running) return Wrong(Reason.Required, "replicas_running is required");
        if (running is < 0 or > MostReplicas)
            return Wrong(Reason.OutOfRange, $"replicas_running should be between 0 and {MostReplicas}");
        var pods = report.Pods ?? [];
        if (pods.Count > MostPods) return Wrong(Reason.OutOfRange, $"pods should be at most {MostPods}");
        foreach (var (index, pod) in pods.Index())
            if (ProblemOf(pod) is { } problem)
                return Wrong(Reason.InvalidFormat, $"pods[{index}].{problem}");
        if (pods.DistinctBy(pod => pod!.Name, StringComparer.Ordinal).Count() != pods.Count)
            return Wrong(Reason.InvalidFormat, "pods should have a name of their own each");
        var exact = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
        return new CheckedReport(exact, running, [.. pods.Select(pod => pod!)]);
    }

    /// <summary>The rows of its instances.</summary>
    public IEnumerable<AppPod> PodsOf(Guid appId) => Pods.Select((pod, index) => new AppPod
    {
        AppId = appId,
        Position = index,
        Name = pod.Name!,
        Sha = pod.Sha ?? "",
        Status = pod.Status!,
        Version = pod.Version ?? "",
        LastState = StateOf(pod),
    });

    private static Refusal Wrong(Reason reason, string what) => new(reason, Field.Report) { Text = what };

    private static string? ProblemOf(ReportedPod? pod) => pod switch
    {
        null => "name is required",
        { Name: null or "" } => "name is required",
        { Name: var name } when name.Length > LongestName || !name.All(IsPlain) =>
            $"name should be at most {LongestName} letters, digits, dots, hyphens and underscores",
        { Status: null or "" } => "status is required",
        { Status: var status } when !IsWord(status) => $"status should be at most {LongestWord} visible characters",
        { Sha: { } sha } when sha.Length > LongestWord || !sha.All(char.IsAsciiHexDigit) =>
            $"sha should be at most {LongestWord} hexadecimal digits",
        { Version: { } version } when !IsWord(version) => $"version should be at most {LongestWord} visible characters",
        { LastState: { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) } } =>
            "lastState should be an object",
        _ when Encoding.UTF8.GetByteCount(StateOf(pod)) > LongestState =>
            $"lastState should be at most {LongestState} bytes",
        _ => null,
    };

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_';

    /// <summary>It is shown to people on terminals: nothing that moves a cursor.</summary>
    private static bool IsWord(string text) => text.Length <= LongestWord && text.All(c => c is >= ' ' and <= '~');

    private static string StateOf(ReportedPod pod) =>
        pod.LastState is { ValueKind: JsonValueKind.Object } state ? JsonSerializer.Serialize(state) : "{}";
}
