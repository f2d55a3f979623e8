using System.Text.Json;
using Gatehouse.Commands;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gatehouse.Tests.Harness;

/// <summary>What an operator does for the platform, and what the platform does.</summary>
internal static class PlatformSteps
{
    /// <summary>An operator's verb as it is typed.</summary>
    public static async Task<(int Exit, string Output, string Error)> Operate(
        this TestServer server, params string[] words)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = await Admin.Run(server.Services, Verb.Parse(["admin", .. words]), output, error);
        return (exit, output.ToString(), error.ToString());
    }

    /// <summary>The same, which has to succeed; what it printed.</summary>
    public static async Task<JsonElement> OperateJson(this TestServer server, params string[] words)
    {
        var (exit, output, error) = await server.Operate(words);
        Assert.Equal((0, ""), (exit, error));
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>Adds an address: its id and its secret.</summary>
    public static async Task<(string Id, Secret Secret)> AddWebhook(
        this TestServer server, WebhookReceiver receiver, params string[] options)
    {
        var added = await server.OperateJson(["webhook:add", receiver.Url, .. options]);
        return (added.GetProperty("id").GetString()!, new Secret(added.GetProperty("secret").GetString()!));
    }

    /// <summary>What is due goes out, now.</summary>
    public static async Task SendWebhooks(this TestServer server, CancellationToken stop = default)
    {
        await using var scope = server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SendWebhooks>().Run(stop);
    }

    /// <summary>How far the messages are, one line each: state, attempts, why not.</summary>
    public static Task<string> Deliveries(this TestServer server) => server.Ask<Db, string>(async db =>
    {
        var rows = await db.WebhookDeliveries.AsNoTracking()
            .Join(db.PlatformMessages, d => d.MessageId, m => m.Id, (d, m) => new { d, m.Type, m.Sequence })
            .OrderBy(row => row.Sequence).ThenBy(row => row.d.WebhookId).ToListAsync();
        return string.Join('\n', rows.Select(row =>
            $"{row.Type} {row.d.State} {row.d.Attempts} {row.d.Failure}".TrimEnd()));
    });

    /// <summary>A service key.</summary>
    public static async Task<string> MakeServiceKey(this TestServer server, string name = "platform") =>
        (await server.OperateJson("service_key:create", name)).GetProperty("key").GetString()!;

    /// <summary>A report about an app with that key.</summary>
    public static Task<Answer> Report(this TestServer server, string key, string app, object body) =>
        server.Call($"POST /platform/v1/apps/{app}/report", body, authorization: $"Bearer {key}");
}
