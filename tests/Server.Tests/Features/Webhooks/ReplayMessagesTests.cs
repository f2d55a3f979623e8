using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Features.Webhooks;

/// <summary>What happened is told again on request, under its old id.</summary>
public sealed class ReplayMessagesTests
{
    [Theory, EveryDatabase]
    public async Task Message_is_sent_again_to_all_who_want_it(Engine engine)
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var other = await WebhookReceiver.Start();
        await using var stranger = await WebhookReceiver.Start();
        await using var server = await TestServer.Start(engine, WebhookReceiver.Allowed);
        await server.AddWebhook(receiver);
        await server.MakeApp(await server.SignUp(), "lighthouse");
        await server.SendWebhooks();
        await server.AddWebhook(other);
        await server.AddWebhook(stranger, "--event", "app.destroyed");
        var message = receiver.Messages.Single();
        Assert.Equal((0, "2 messages are on their way.\n", ""), await server.Operate("webhook:replay", message.Id));
        await server.SendWebhooks();
        Assert.Equal([message, message], receiver.Messages);
        Assert.Equal(message.Body, other.Messages.Single().Body);
        Assert.Empty(stranger.Messages);
    }

    /// <summary>An address that was added later gets what happened before.</summary>
    [Theory, EveryDatabase]
    public async Task Address_is_told_all_since_a_time_in_order(Engine engine)
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var server = await TestServer.Start(engine, WebhookReceiver.Allowed);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "lighthouse");
        server.Pass(TimeSpan.FromHours(1));
        var since = server.Now;
        for (var replicas = 0; replicas < 5; replicas++)
        {
            await server.Do(ada, "PUT /api/apps/lighthouse/scale", new { replicas = replicas % 2 });
            server.Pass(TimeSpan.FromSeconds(1));
        }

        var (id, _) = await server.AddWebhook(receiver);
        Assert.Equal(
            (0, "5 messages are on their way.\n", ""),
            await server.Operate("webhook:replay", id, "--since", since.ToString("O")));
        await server.SendWebhooks();
        Assert.Equal(5, receiver.Messages.Count);
        Assert.All(receiver.Messages, message => Assert.Contains("app.scaled", message.Body));
        var ids = receiver.Messages.Select(message => message.Id).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Theory, EveryDatabase]
    public async Task What_is_not_there_is_not_sent_again(Engine engine)
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var server = await TestServer.Start(engine, WebhookReceiver.Allowed);
        var (id, _) = await server.AddWebhook(receiver);
        (string[] Words, int Exit)[] calls =
        [
            ([$"msg_{Guid.AllBitsSet:N}"], 1), ([$"ep_{Guid.AllBitsSet:N}", "--since", "2027-06-15"], 1),
            (["lighthouse"], 1), ([id], 2), ([id, "--since", "yesterday"], 2), ([], 2),
            ([id, "--since", "2027-06-15"], 0),
        ];
        foreach (var (words, exit) in calls)
            Assert.Equal(exit, (await server.Operate(["webhook:replay", .. words])).Exit);
    }
}
