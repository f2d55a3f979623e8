using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Features.Webhooks;

/// <summary>Messages arrive, at least once each, signed, and are given up after three days (T116).</summary>
public sealed class DeliverMessagesTests
{
    [Theory, EveryDatabase]
    public async Task Message_is_signed_at_each_attempt_and_keeps_its_id(Engine engine)
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var server = await TestServer.Start(engine, WebhookReceiver.Allowed);
        var (_, secret) = await server.AddWebhook(receiver);
        await server.MakeApp(await server.SignUp(), "lighthouse");
        receiver.Answer = _ => 500;
        await server.SendWebhooks();
        server.Pass(TimeSpan.FromSeconds(5));
        receiver.Answer = _ => 200;
        await server.SendWebhooks();
        await server.SendWebhooks();

        var (first, second) = (receiver.Messages.First(), receiver.Messages.Last());
        Assert.Equal(2, receiver.Messages.Count);
        Assert.Equal((first.Id, first.Body), (second.Id, second.Body));
        Assert.StartsWith("application/json", first.ContentType);
        Assert.Equal(5, second.Seconds - first.Seconds);
        foreach (var message in receiver.Messages)
            Assert.Equal(
                WebhookSecret.Sign([secret], message.Id, message.Seconds, message.Body),
                message.Signature);
        Assert.Equal("app.created Delivered 2", await server.Deliveries());
    }

    [Theory, EveryDatabase]
    public async Task Dead_address_is_tried_for_three_days_after_growing_pauses(Engine engine)
    {
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answer = _ => 503;
        await using var server = await TestServer.Start(engine, WebhookReceiver.Allowed);
        await server.AddWebhook(receiver);
        await server.MakeApp(await server.SignUp(), "lighthouse");
        var began = server.Now;
        double[] pauses = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 72_000];
        foreach (var (index, seconds) in pauses.Index())
        {
            await server.SendWebhooks();
            Assert.Equal(index + 1, receiver.Messages.Count);
            server.Pass(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            await server.SendWebhooks();
            Assert.Equal(index + 1, receiver.Messages.Count);
            server.Pass(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(server.Now - began, TimeSpan.FromHours(71), TimeSpan.FromHours(72));
        Assert.Equal("app.created Pending 9 answered 503", await server.Deliveries());
        await server.SendWebhooks();
        Assert.Equal("app.created GivenUp 10 answered 503", await server.Deliveries());
        server.Pass(TimeSpan.FromDays(3));
        await server.SendWebhooks();
        Assert.Equal(10, receiver.Messages.Count);
        Assert.Single(receiver.Messages.Select(message => message.Id).Distinct());
    }

    [Theory, EveryDatabase]
    public async Task Only_2xx_counts(Engine engine)
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var server = await TestServer.Start(engine, WebhookReceiver.Allowed);
        await server.AddWebhook(receiver);
        await server.MakeApp(await server.SignUp(), "lighthouse");
        int[] refusals = [302, 304, 400, 404, 500, 503];
        foreach (var (index, status) in refusals.Index())
        {
            receiver.Answer = _ => status;
            await server.SendWebhooks();
            Assert.StartsWith($"app.created Pending {index + 1} answered {status}", await server.Deliveries());
            server.Pass(TimeSpan.FromHours(20));
        }

        receiver.Answer = _ => 202;
        await server.SendWebhooks();
        Assert.Equal("app.created Delivered 7", await server.Deliveries());
    }

    [Theory, EveryDatabase]
    public async Task Address_that_is_gone_is_told_nothing_until_it_is_enabled(Engine engine)
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var server = await TestServer.Start(engine, WebhookReceiver.Allowed);
        var (id, _) = await server.AddWebhook(receiver);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "lighthouse");
        await server.Do(ada, "PUT /api/apps/lighthouse/scale", new { replicas = 1 });
        receiver.Answer = _ => 410;
        await server.SendWebhooks();
        await server.Do(ada, "PUT /api/apps/lighthouse/restart");
        server.Pass(TimeSpan.FromDays(1));
        await server.SendWebhooks();
        Assert.Single(receiver.Messages);
        Assert.Equal(
            "app.created GivenUp 1 answered 410: the address is gone\n"
            + "app.scaled GivenUp 0 not sent: the address is gone",
            await server.Deliveries());
        Assert.NotEqual("null", (await server.OperateJson("webhook:list"))[0].GetProperty("disabled_at").GetRawText());
        Assert.Equal(1, (await server.Operate("webhook:replay", id, "--since", "2027-06-15")).Exit);

        receiver.Answer = _ => 200;
        Assert.Equal(0, (await server.Operate("webhook:enable", id)).Exit);
        Assert.Equal(
            (0, "3 messages are on their way.\n", ""),
            await server.Operate("webhook:replay", id, "--since", "2027-06-15"));
        await server.SendWebhooks();
        Assert.Equal(
            "app.created Delivered 1\napp.scaled Delivered 1\napp.restarted Delivered 1", await server.Deliveries());
    }

    [Theory, EveryDatabase]
    public async Task Two_nodes_send_each_message_once(Engine engine)
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var server = await TestServer.Start(engine, WebhookReceiver.Allowed);
        await using var twin = await server.StartTwin(WebhookReceiver.Allowed);
        await server.AddWebhook(receiver);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "lighthouse");
        for (var i = 0; i < 20; i++) await server.Do(ada, "PUT /api/apps/lighthouse/restart");
        await Task.WhenAll(
            server.SendWebhooks(), twin.SendWebhooks(), server.SendWebhooks(), twin.SendWebhooks());
        Assert.Equal(21, receiver.Messages.Count);
        Assert.Equal(21, receiver.Messages.Select(message => message.Id).Distinct().Count());
    }

    [Theory, EveryDatabase]
    public async Task Sender_that_is_stopped_leaves_its_message_to_the_next_one(Engine engine)
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var server = await TestServer.Start(engine, WebhookReceiver.Allowed);
        await server.AddWebhook(receiver);
        await server.MakeApp(await server.SignUp(), "lighthouse");
        using var death = new CancellationTokenSource();
        receiver.BeforeAnswer = death.CancelAsync;
        await server.SendWebhooks(death.Token);
        receiver.BeforeAnswer = () => Task.CompletedTask;
        await server.SendWebhooks();
        Assert.Equal(2, receiver.Messages.Count);
        Assert.Single(receiver.Messages.Distinct());
        Assert.Equal("app.created Delivered 2", await server.Deliveries());
    }

    /// <summary>A node that fell over says nothing; its lease ends, and another one sends.</summary>
    [Theory, EveryDatabase]
    public async Task Message_of_a_sender_that_died_is_sent_when_its_lease_is_over(Engine engine)
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var server = await TestServer.Start(engine, WebhookReceiver.Allowed);
        await server.AddWebhook(receiver);
        await server.MakeApp(await server.SignUp(), "lighthouse");
        await server.Ask<Db, int>(db => db.WebhookDeliveries.ExecuteUpdateAsync(set => set
            .SetProperty(d => d.DueAt, server.Now + TimeSpan.FromMinutes(1)).SetProperty(d => d.Attempts, 1)));
        await server.SendWebhooks();
        Assert.Empty(receiver.Messages);
        server.Pass(TimeSpan.FromMinutes(1));
        await server.SendWebhooks();
        Assert.Equal("app.created Delivered 2", await server.Deliveries());
    }

    [Theory, EveryDatabase]
    public async Task Address_without_an_answer_costs_the_others_one_attempt(Engine engine)
    {
        await using var receiver = await WebhookReceiver.Start();
        var gone = await WebhookReceiver.Start();
        await using var server = await TestServer.Start(engine, WebhookReceiver.Allowed);
        await server.AddWebhook(gone);
        server.Pass(TimeSpan.FromMilliseconds(1));
        await server.AddWebhook(receiver);
        await gone.DisposeAsync();
        var ada = await server.SignUp();
        await server.MakeApp(ada, "lighthouse");
        await server.Do(ada, "PUT /api/apps/lighthouse/restart");
        await server.SendWebhooks();
        Assert.Equal(
            "app.created Pending 1 no connection: ConnectionRefused\napp.created Delivered 1\n"
            + "app.restarted Pending 0\napp.restarted Delivered 1",
            await server.Deliveries());
    }

    [Theory, EveryDatabase]
    public async Task Address_gets_the_types_it_asked_for_and_none_after_it_was_removed(Engine engine)
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var server = await TestServer.Start(engine, WebhookReceiver.Allowed);
        var (id, _) = await server.AddWebhook(receiver, "--event", "app.scaled,app.destroyed");
        var ada = await server.SignUp();
        await server.MakeApp(ada, "lighthouse");
        await server.Do(ada, "PUT /api/apps/lighthouse/scale", new { replicas = 1 });
        await server.SendWebhooks();
        Assert.Equal("app.scaled Delivered 1", await server.Deliveries());
        await server.Operate("webhook:remove", id);
        await server.Do(ada, "DELETE /api/apps/lighthouse");
        await server.SendWebhooks();
        Assert.Single(receiver.Messages);
        Assert.Equal("", await server.Deliveries());
    }
}
