using System.Security.Cryptography;
using System.Text;
using Gatehouse.Data;
using Microsoft.EntityFrameworkCore;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Gatehouse.Platform;

/// <summary>
/// <c>GET /metrics</c>: what this node measures, as Prometheus reads it. For programs on this machine, or for whoever
/// has the token of the settings; to everybody else there is no such page.
/// </summary>
public static class Metrics
{
    /// <summary>Where it is.</summary>
    public const string Path = "/metrics";

    private const string Scheme = "Bearer ";
    private const string TraceEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static readonly string[] Forwarding = ["X-Forwarded-For", "Forwarded", "Via"];

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<Telemetry>();
        var open = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("gatehouse", serviceVersion: Installation.Version))
            .WithMetrics(metrics => metrics
                .AddMeter(Telemetry.Name, "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql")
                // Npgsql's own labels name the server and its user.
                .AddView("db.client.*", new MetricStreamConfiguration { TagKeys = ["state"] })
                .AddPrometheusExporter());
        if (Environment.GetEnvironmentVariable(TraceEndpoint) is { Length: > 0 })
            open.WithTracing(traces => traces.AddSource(Telemetry.Name).AddOtlpExporter());
    }

    public static void MapMetrics(this WebApplication app)
    {
        app.UseWhen(http => http.Request.Path == Path, branch => branch.Use(Guard));
        app.MapPrometheusScrapingEndpoint(Path);
    }

    private static async Task Guard(HttpContext http, RequestDelegate next)
    {
        if (!MayRead(http, http.RequestServices.GetRequiredService<Settings>().Metrics.Token.Reveal()))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await LookAtOutbox(http.RequestServices, http.RequestAborted);
        await next(http);
    }

    /// <summary>
    /// A proxy on this machine is a program on this machine: what it passes on says so, and is not from here.
    /// </summary>
    private static bool MayRead(HttpContext http, string token)
    {
        if (token == "") return http.IsFromHere() && !Forwarding.Any(http.Request.Headers.ContainsKey);
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..])),
                SHA256.HashData(Encoding.UTF8.GetBytes(token)));
    }

    /// <summary>Asked when somebody reads; without a database all other figures are still told.</summary>
    private static async Task LookAtOutbox(IServiceProvider services, CancellationToken stop)
    {
        try
        {
            var (db, now) = (services.GetRequiredService<Db>(), services.GetRequiredService<TimeProvider>().UtcNow());
            var waiting = await db.OutboxMails.GroupBy(_ => 1)
                .Select(all => new { Length = all.Count(), Oldest = all.Min(mail => mail.CreatedAt) })
                .SingleOrDefaultAsync(stop);
            var telemetry = services.GetRequiredService<Telemetry>();
            telemetry.NoteOutbox(waiting?.Length ?? 0, waiting is null ? TimeSpan.Zero : now - waiting.Oldest);
            telemetry.NoteWebhooks(await db.LookAtWebhooks(stop), now);
        }
        catch (Exception outage) when (!stop.IsCancellationRequested && Faults.IsOutage(outage))
        {
            // /readyz says it.
        }
    }
}
