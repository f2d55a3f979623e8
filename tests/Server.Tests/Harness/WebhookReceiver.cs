using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Tests.Harness;

/// <summary>One message as it arrived.</summary>
public sealed record ReceivedMessage(string Id, string Timestamp, string Signature, string ContentType, string Body)
{
    /// <summary>When this attempt was made, in Unix seconds.</summary>
    public long Seconds => long.Parse(Timestamp, CultureInfo.InvariantCulture);
}

/// <summary>The platform's end of a webhook, on loopback: notes what arrives, and answers as a test says.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebhookReceiver(WebApplication app) => this.app = app;

    /// <summary>The settings of a server that may reach it.</summary>
    public static (string Name, string Value) Allowed => ("Webhooks:AllowedNetworks", "127.0.0.0/8");

    public string Url => $"{app.Urls.First()}/events";

    /// <summary>All that arrived, in order.</summary>
    public ConcurrentQueue<ReceivedMessage> Messages { get; } = [];

    /// <summary>What each message is answered with.</summary>
    public Func<ReceivedMessage, int> Answer { get; set; } = _ => StatusCodes.Status204NoContent;

    /// <summary>What happens before it is answered.</summary>
    public Func<Task> BeforeAnswer { get; set; } = () => Task.CompletedTask;

    public static async Task<WebhookReceiver> Start()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = ["--urls=http://127.0.0.1:0", "--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Configuration.AddInMemoryCollection(
            [KeyValuePair.Create("Logging:LogLevel:Default", (string?)"None")]);
        var receiver = new WebhookReceiver(builder.Build());
        receiver.app.Run(receiver.Receive);
        await receiver.app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task Receive(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var headers = http.Request.Headers;
        var message = new ReceivedMessage(
            headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(),
            headers["webhook-signature"].ToString(), http.Request.ContentType ?? "", await reader.ReadToEndAsync());
        Messages.Enqueue(message);
        await BeforeAnswer();
        http.Response.StatusCode = Answer(message);
        if (http.Response.StatusCode == StatusCodes.Status302Found) http.Response.Headers.Location = "/elsewhere";
    }
}
