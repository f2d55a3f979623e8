using System.Text.RegularExpressions;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Platform;

/// <summary><c>/metrics</c> tells how the node is, and nothing about anybody.</summary>
public sealed partial class MetricsTests
{
    private static readonly string[] Status =
        ["surface=\"api\"", "method=\"GET\"", "route=\"/api/users\"", "status=\"200\""];

    [Theory, EveryDatabase]
    public async Task Figures_of_requests_hashes_mail_and_jobs_are_there(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.Do(ada, "GET /api/users");
        await server.RunJobs();
        var read = (await server.Call("GET /metrics")).Body;
        Assert.Contains(read.Split('\n'), line =>
            line.StartsWith("gatehouse_requests_seconds_count{", StringComparison.Ordinal)
            && Status.All(label => line.Contains(label, StringComparison.Ordinal)));
        foreach (var name in (string[])
        [
            "gatehouse_hashing_queue", "gatehouse_hashing_computed_total", "gatehouse_hashing_refused_total",
            "gatehouse_hashing_waited_seconds_total", "gatehouse_outbox_length", "gatehouse_outbox_oldest_age_seconds",
            "gatehouse_webhooks_length", "gatehouse_webhooks_oldest_age_seconds", "gatehouse_webhooks_given_up",
            "gatehouse_jobs_seconds_bucket", "gatehouse_jobs_ran_at_seconds", "gatehouse_jobs_failed_total",
            "gatehouse_passwords_alerts_total",
            "dotnet_process_memory_working_set_bytes", "kestrel_active_connections",
        ])
            Assert.Contains($"\n{name}{{", read);
        if (engine == Engine.Postgres) Assert.Contains("\ndb_client_connection", read);
    }

    [Theory, EveryDatabase]
    public async Task Nothing_in_it_is_about_anybody(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "secret-project");
        await server.LogIn(ada.Email, "wrong password");
        foreach (var path in (string[])
        [
            "/api/apps/secret-project", $"/api/nothing/{ada.Email}", $"/{ada.UserName}?token=hush-hush",
            $"/v2/account/email/verify/{ada.UserName}/hush-hush", "/confirm?token=hush-hush",
        ])
            await server.Call($"GET {path}", from: "203.0.113.77", authorization: ada.Basic);
        var read = (await server.Call("GET /metrics")).Body;
        string[] known = [ada.Email, ada.UserName, ada.Key, "secret-project", "hush-hush", "203.0.113", "example.org"];
        foreach (var own in known)
            Assert.DoesNotContain(own, read, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(Identifier(), read);
        var labels = Label().Matches(read).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);
        Assert.Empty(labels.Except(Known));
    }

    [Fact]
    public async Task Only_programs_of_this_machine_may_read_it_without_a_token()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        Assert.Equal(200, (await server.Call("GET /metrics")).Status);
        Assert.Equal(404, (await server.Call("GET /metrics", from: "203.0.113.7")).Status);
        foreach (var name in (string[])["Forwarded", "Via"])
            Assert.Equal(404, (await server.Call("GET /metrics", headers: [(name, "1.1 proxy")])).Status);
    }

    [Fact]
    public async Task Token_of_the_settings_opens_it_and_nothing_else_does()
    {
        await using var server = await TestServer.Start(Engine.Sqlite, ("Metrics:Token", "a-long-token"));
        Assert.Equal(404, (await server.Call("GET /metrics")).Status);
        foreach (var wrong in (string[])["Bearer", "Bearer ", "Bearer a-long-toke", "Basic a-long-token"])
            Assert.Equal(404, (await server.Call("GET /metrics", authorization: wrong)).Status);
        var right = await server.Call("GET /metrics", from: "203.0.113.7", authorization: "Bearer a-long-token");
        Assert.Equal(200, right.Status);
    }

    /// <summary>Every label there is; a new one is looked at before it stands here.</summary>
    private static readonly string[] Known =
    [
        "error_type", "gc_heap_generation", "job", "le", "method", "network_protocol_name", "network_protocol_version",
        "network_transport", "network_type", "outcome",
        "otel_scope_name", "otel_scope_version", "cpu_mode", "route", "server_address", "server_port",
        "service_instance_id", "service_name", "service_version", "state", "status", "surface",
        "telemetry_sdk_language", "telemetry_sdk_name", "telemetry_sdk_version",
    ];

    [GeneratedRegex(
        "(?<!service_instance_id=\")[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Identifier();

    [GeneratedRegex("(?<=[{,])[a-z_]+(?==\")", RegexOptions.None, 1000)]
    private static partial Regex Label();
}
