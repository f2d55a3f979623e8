using System.Diagnostics;
using System.Diagnostics.Metrics;
using Gatehouse.Data;

namespace Gatehouse.Platform;

/// <summary>
/// What this node measures of itself. Labels are words of our own: surfaces, route patterns, names of jobs. Nothing
/// that a request brings along is one, so no address, name or secret can be.
/// </summary>
public sealed class Telemetry : IDisposable
{
    /// <summary>Name of the meter and of the source of traces.</summary>
    public const string Name = "Gatehouse";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly ActivitySource traces = new(Name);
    private readonly Histogram<double> requests;
    private readonly Histogram<double> jobs;
    private readonly Gauge<long> jobsRanAt;
    private readonly Counter<long> jobsFailed;
    private readonly Counter<long> passwords;
    private readonly Gauge<long> outboxLength;
    private readonly Gauge<double> outboxAge;
    private long alerts;
    private readonly Gauge<long> webhooksLength;
    private readonly Gauge<double> webhooksAge;
    private readonly Gauge<long> webhooksGivenUp;

    /// <summary>The password hashing is asked when somebody reads: making it costs a hash.</summary>
    public Telemetry(IMeterFactory meters, IServiceProvider services)
    {
        var meter = meters.Create(Name);
        requests = meter.CreateHistogram("gatehouse.requests", "s", "Requests answered", null, Seconds);
        jobs = meter.CreateHistogram("gatehouse.jobs", "s", "Runs of recurring jobs", null, Seconds);
        jobsRanAt = meter.CreateGauge<long>("gatehouse.jobs.ran_at", "s", "End of the last run, Unix time");
        jobsFailed = meter.CreateCounter<long>("gatehouse.jobs.failed", null, "Runs of recurring jobs that failed");
        passwords = meter.CreateCounter<long>("gatehouse.passwords", null, "Passwords that somebody claimed to know");
        // Told before the first one too, which is then a change.
        meter.CreateObservableCounter(
            "gatehouse.passwords.alerts", () => Interlocked.Read(ref alerts), null, "Alarms: wrong ones pour in");
        outboxLength = meter.CreateGauge<long>("gatehouse.outbox.length", null, "Mails that wait to be sent");
        outboxAge = meter.CreateGauge<double>("gatehouse.outbox.oldest_age", "s", "Age of the mail that waits longest");
        webhooksLength = meter.CreateGauge<long>(
            "gatehouse.webhooks.length", null, "Messages that wait to be taken by an address");
        webhooksAge = meter.CreateGauge<double>(
            "gatehouse.webhooks.oldest_age", "s", "Age of the message that waits longest");
        webhooksGivenUp = meter.CreateGauge<long>(
            "gatehouse.webhooks.given_up", null, "Messages of the last month that were given up");
        PasswordHashing Hashing() => services.GetRequiredService<PasswordHashing>();
        meter.CreateObservableGauge(
            "gatehouse.hashing.queue", () => Hashing().Waiting, null, "Log-ins that compute a hash or wait for a core");
        meter.CreateObservableCounter("gatehouse.hashing.computed", () => Hashing().Computed, null, "Hashes computed");
        meter.CreateObservableCounter(
            "gatehouse.hashing.refused", () => Hashing().Refused, null, "Log-ins told to come back");
        meter.CreateObservableCounter(
            "gatehouse.hashing.waited", () => Hashing().Waited.TotalSeconds, "s", "Time waited for a core");
    }

    /// <summary>Begins the trace of a request; null when nobody collects any.</summary>
    public Activity? Begin(HttpContext http)
    {
        if (!traces.HasListeners()) return null;
        var headers = http.Request.Headers;
        ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out var parent);
        Activity.Current = null; // The framework's own is not sent anywhere.
        return traces.StartActivity("request", ActivityKind.Server, parent);
    }

    /// <summary>Notes a request that was answered.</summary>
    public void End(Activity? trace, string method, string route, int status, TimeSpan took)
    {
        requests.Record(
            took.TotalSeconds, new("surface", SurfaceOf(route)), new("method", method), new("route", route),
            new("status", status));
        if (trace is null) return;
        trace.DisplayName = $"{method} {route}";
        trace.SetTag("http.request.method", method).SetTag("http.route", route)
            .SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError) trace.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Begins the trace of a run of a job; null when nobody collects any.</summary>
    public Activity? BeginJob(string job)
    {
        Activity.Current = null;
        return traces.StartActivity($"job {job}");
    }

    /// <summary>Notes a run of a job.</summary>
    public void NoteJob(string job, bool failed, DateTime endedAt, TimeSpan took)
    {
        var label = KeyValuePair.Create("job", (object?)job);
        jobs.Record(took.TotalSeconds, label);
        jobsRanAt.Record(new DateTimeOffset(endedAt).ToUnixTimeSeconds(), label);
        jobsFailed.Add(failed ? 1 : 0, label);
    }

    /// <summary>Notes a password that was compared, or was not because there were too many before it.</summary>
    public void NotePassword(PasswordOutcome outcome) => passwords.Add(
        1, KeyValuePair.Create("outcome", (object?)NameOf(outcome)));

    /// <summary>Notes that wrong passwords pour in from everywhere.</summary>
    public void NoteSpraying() => Interlocked.Increment(ref alerts);

    /// <summary>Notes how much mail waits, and for how long.</summary>
    public void NoteOutbox(int length, TimeSpan oldest)
    {
        outboxLength.Record(length);
        outboxAge.Record(oldest.TotalSeconds);
    }

    /// <summary>Notes how many messages to the platform wait, for how long, and how many were given up.</summary>
    public void NoteWebhooks(WebhookBacklog backlog, DateTime now)
    {
        webhooksLength.Record(backlog.Waiting);
        webhooksAge.Record(backlog.Oldest is { } oldest ? (now - oldest).TotalSeconds : 0);
        webhooksGivenUp.Record(backlog.GivenUp);
    }

    public void Dispose() => traces.Dispose();

    private static string NameOf(PasswordOutcome outcome) => outcome switch
    {
        PasswordOutcome.Right => "right",
        PasswordOutcome.Wrong => "wrong",
        PasswordOutcome.Limited => "limited",
    };

    private static string SurfaceOf(string route) =>
        route.StartsWith("/api/", StringComparison.Ordinal) ? "api"
        : route.StartsWith("/v2/", StringComparison.Ordinal) ? "v2"
        : route.StartsWith("/platform/", StringComparison.Ordinal) ? "platform"
        : route is "/healthz" or "/readyz" or Metrics.Path ? "health"
        : route == RequestLog.NoRoute ? "none"
        : "page";
}

/// <summary>What came of a password that somebody claimed to know.</summary>
public enum PasswordOutcome
{
    /// <summary>It was the one.</summary>
    Right,

    /// <summary>It was not, or there is no account.</summary>
    Wrong,

    /// <summary>It was not looked at: a limit was reached.</summary>
    Limited,
}
