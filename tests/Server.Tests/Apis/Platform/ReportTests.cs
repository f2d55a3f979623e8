using System.Security.Cryptography;
using System.Text.Json;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Platform;

/// <summary>What the platform reports is what people see; nobody else can report, and it can do no more.</summary>
public sealed class ReportTests
{
    private const string Sha = "f6e5a1c09b7d4e3f8a2b6c5d4e3f2a1b0c9d8e7f";

    [Theory, EveryDatabase]
    public async Task Report_is_shown_and_before_the_first_one_it_is_said(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "lighthouse");
        await server.Do(ada, "PUT /api/apps/lighthouse/scale", new { replicas = 1 });
        var status = (await server.Do(ada, "GET /api/apps/lighthouse/status")).Json();
        Assert.Equal(("null", "[]", 0), (
            status.GetProperty("reported_at").GetRawText(), status.GetProperty("pods").GetRawText(),
            status.GetProperty("replicas_running").GetInt32()));

        var key = await server.MakeServiceKey();
        var noted = await server.Report(key, "LIGHTHOUSE", Body(server.Now, running: 1));
        Assert.Equal((200, """{"noted":true,"reported_at":"2027-06-15T10:00:01Z"}"""), (noted.Status, noted.Body));
        status = (await server.Do(ada, "GET /api/apps/lighthouse/status")).Json();
        Assert.Equal(
            $"[{{\"name\":\"lighthouse-1\",\"sha\":\"{Sha}\",\"status\":\"Healthy\",\"version\":\"7\","
            + "\"lastState\":{\"terminated\":{\"exitCode\":137,\"reason\":\"OOMKilled\"}}}]",
            status.GetProperty("pods").GetRawText());
        Assert.Equal(1, status.GetProperty("replicas_running").GetInt32());
        foreach (var what in (string[])["GET /api/apps/lighthouse/status", "GET /api/apps/lighthouse"])
        {
            var app = (await server.Do(ada, what)).Json();
            Assert.Equal("2027-06-15T10:00:01Z", app.GetProperty("reported_at").GetString());
            Assert.Equal(1, app.GetProperty("replicas_running").GetInt32());
        }
    }

    [Theory, EveryDatabase]
    public async Task Stale_report_changes_nothing_in_whatever_order_they_come(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await server.SignUp();
        await server.MakeApp(ada, "lighthouse");
        var key = await server.MakeServiceKey();
        var times = Enumerable.Range(1, 20).Select(second => server.Now.AddSeconds(-second)).ToArray();
        RandomNumberGenerator.Shuffle(times.AsSpan());
        await Task.WhenAll(times.Select((at, index) => (index % 2 == 0 ? server : twin)
            .Report(key, "lighthouse", Body(at, running: (int)(server.Now - at).TotalSeconds))));
        var status = (await server.Do(ada, "GET /api/apps/lighthouse/status")).Json();
        Assert.Equal(1, status.GetProperty("replicas_running").GetInt32());
        Assert.Equal(1, status.GetProperty("pods").GetArrayLength());

        var last = await server.Report(key, "lighthouse", Body(server.Now, running: 3));
        foreach (var (at, running) in ((DateTime, int)[])[(server.Now, 9), (server.Now.AddSeconds(-1), 8)])
        {
            var stale = await server.Report(key, "lighthouse", Body(at, running));
            Assert.Equal((200, last.Body.Replace("true", "false")), (stale.Status, stale.Body));
        }

        status = (await server.Do(ada, "GET /api/apps/lighthouse/status")).Json();
        Assert.Equal(3, status.GetProperty("replicas_running").GetInt32());
    }

    [Theory, EveryDatabase]
    public async Task Report_that_is_not_one_is_refused_and_names_the_field(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.MakeApp(await server.SignUp(), "lighthouse");
        var key = await server.MakeServiceKey();
        const string Rest = "\"reported_at\":\"2027-06-15T10:00:00Z\",\"replicas_running\":1";
        (string Body, int Status, string Detail)[] wrong =
        [
            ("[]", 400, ""), ("", 400, ""), ("{", 400, ""), ("null", 400, ""),
            ("{}", 422, "reported_at is required"),
            ("""{"reported_at":"soon"}""", 422, "reported_at is no time"),
            ("""{"reported_at":"2027-06-15T10:06:00Z"}""", 422, "reported_at lies ahead"),
            ("""{"reported_at":7}""", 422, "reported_at is of the wrong kind"),
            ("""{"reported_at":"2027-06-15T10:00:00Z"}""", 422, "replicas_running is required"),
            ("""{"reported_at":"2027-06-15T10:00:00Z","replicas_running":-1}""", 422, "replicas_running should be"),
            ("""{"reported_at":"2027-06-15T10:00:00Z","replicas_running":1001}""", 422, "replicas_running should be"),
            ("""{"reported_at":"2027-06-15T10:00:00Z","replicas_running":1.5}""", 422, "replicas_running is of the"),
            ($"{{{Rest},\"pods\":{{}}}}", 422, "pods is of the wrong kind"),
            ($"{{{Rest},\"pods\":[null]}}", 422, "pods[0].name is required"),
            ($"{{{Rest},\"pods\":[{{\"name\":\"a b\",\"status\":\"x\"}}]}}", 422, "pods[0].name should be"),
            ($"{{{Rest},\"pods\":[{{\"name\":\"a\"}}]}}", 422, "pods[0].status is required"),
            ($"{{{Rest},\"pods\":[{{\"name\":\"a\",\"status\":\"\\u001b[2J\"}}]}}", 422, "pods[0].status should be"),
            ($"{{{Rest},\"pods\":[{Pod("a", "\"sha\":\"xyz\"")}]}}", 422, "pods[0].sha should be"),
            ($"{{{Rest},\"pods\":[{Pod("a", $"\"version\":\"{new string('9', 65)}\"")}]}}", 422, "pods[0].version"),
            ($"{{{Rest},\"pods\":[{Pod("a", "\"lastState\":[]")}]}}", 422, "pods[0].lastState should be an object"),
            ($"{{{Rest},\"pods\":[{Pod("a", $"\"lastState\":{{\"a\":\"{new string('a', 1024)}\"}}")}]}}", 422,
                "pods[0].lastState should be at most"),
            ($"{{{Rest},\"pods\":[{Pod("a")},{Pod("a")}]}}", 422, "pods should have a name of their own"),
            ($"{{{Rest},\"pods\":[{string.Join(',', Enumerable.Range(0, 201).Select(i => Pod($"a{i}")))}]}}", 422,
                "pods should be at most 200"),
        ];
        foreach (var (body, status, detail) in wrong)
        {
            var answer = await server.Report(key, "lighthouse", body);
            Assert.True(answer.Status == status, $"{body}: {answer}");
            Assert.Contains(detail, answer.Body);
            Assert.Equal("application/problem+json", answer.Headers["Content-Type"].Split(';')[0]);
        }

        Assert.Equal(404, (await server.Report(key, "nowhere", Body(server.Now, 1))).Status);
        Assert.Equal(404, (await server.Report(key, "%20", Body(server.Now, 1))).Status);
        Assert.Null(await server.Ask<Db, DateTime?>(db => db.Apps.Select(app => app.ReportedAt).SingleAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Only_a_service_key_reports_and_it_opens_nothing_else(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "lighthouse");
        var key = await server.MakeServiceKey();
        var token = (await server.Call(
            "POST /v2/auth/login", new { username = ada.UserName, password = ada.Password })).Body;
        string?[] others =
        [
            null, "", "Bearer", "Bearer ", $"Bearer {ada.Key}", ada.Basic, SignUpSteps.Basic(ada.Email, key),
            $"Bearer {JsonDocument.Parse(token).RootElement.GetProperty("token").GetString()}", $"Basic {key}", key,
            $"Bearer {ServiceKeyText.Generate().Reveal()}", $"Bearer {key}x", $"Bearer {key[..^1]}",
        ];
        foreach (var other in others)
        {
            var answer = await server.Call(
                "POST /platform/v1/apps/lighthouse/report", Body(server.Now, 1), authorization: other);
            Assert.True(answer.Status == 401, $"{other}: {answer}");
            Assert.Equal("Bearer realm=\"platform\"", answer.Headers["WWW-Authenticate"]);
        }

        foreach (var path in (string[])["/api/users", "/api/apps", "/v2/account/usage"])
        {
            foreach (var credential in (string[])[$"Bearer {key}", SignUpSteps.Basic(ada.Email, key)])
                Assert.Equal(401, (await server.Call($"GET {path}", authorization: credential)).Status);
        }

        Assert.Equal(200, (await server.Report(key, "lighthouse", Body(server.Now, 1))).Status);
        await server.Operate("service_key:revoke", "platform");
        Assert.Equal(401, (await server.Report(key, "lighthouse", Body(server.Now.AddSeconds(1), 1))).Status);
    }

    [Theory, EveryDatabase]
    public async Task Key_is_kept_as_a_hash_and_guesses_have_to_pause(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:ApiKeyFailuresPerAddress", "3"));
        var key = await server.MakeServiceKey();
        var hash = await server.Ask<Db, byte[]>(db => db.ServiceKeys.Select(k => k.Hash).SingleAsync());
        Assert.Equal(32, hash.Length);
        var statuses = new List<int>();
        for (var i = 0; i < 5; i++)
            statuses.Add((await server.Report(ServiceKeyText.Generate().Reveal(), "a", new { })).Status);
        Assert.Equal([401, 401, 401, 429, 429], statuses);
        Assert.Equal(429, (await server.Report(key, "a", new { })).Status);
    }

    [Theory, EveryDatabase]
    public async Task Pods_go_with_their_app(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "lighthouse");
        var key = await server.MakeServiceKey();
        await server.Report(key, "lighthouse", Body(server.Now, 1));
        await server.Do(ada, "DELETE /api/apps/lighthouse");
        Assert.False(await server.Ask<Db, bool>(db => db.AppPods.AnyAsync()));
        Assert.Equal(404, (await server.Report(key, "lighthouse", Body(server.Now.AddSeconds(1), 1))).Status);
    }

    private static string Pod(string name, string more = "\"sha\":\"\"") =>
        $$"""{"name":"{{name}}","status":"x",{{more}}}""";

    private static object Body(DateTime at, int running) => new
    {
        reported_at = at,
        replicas_running = running,
        pods = new[]
        {
            new
            {
                name = "lighthouse-1",
                sha = Sha,
                status = "Healthy",
                version = "7",
                lastState = new { terminated = new { exitCode = 137, reason = "OOMKilled" } },
            },
        },
    };
}
