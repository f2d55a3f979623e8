using System.Text;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Features.Webhooks;

/// <summary>A secret is shown once, is never stored in the open, and changes without a message being lost.</summary>
public sealed class RotateWebhookSecretTests
{
    [Theory, EveryDatabase]
    public async Task Both_secrets_sign_until_the_time_is_over(Engine engine)
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var server = await TestServer.Start(engine, WebhookReceiver.Allowed);
        var (id, old) = await server.AddWebhook(receiver);
        await server.MakeApp(await server.SignUp(), "lighthouse");
        var rotated = await server.OperateJson("webhook:rotate", id, "--hours", "2");
        var next = new Secret(rotated.GetProperty("secret").GetString()!);
        Assert.Equal(server.Now.AddHours(2), rotated.GetProperty("both_secrets_until").GetDateTime());

        await SendAgain(server, id);
        server.Pass(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        await SendAgain(server, id);
        server.Pass(TimeSpan.FromSeconds(1));
        await SendAgain(server, id);
        var messages = receiver.Messages.ToList();
        Assert.Equal(Sign(messages[0], next, old), messages[0].Signature);
        Assert.Equal(Sign(messages[1], next, old), messages[1].Signature);
        Assert.Equal(Sign(messages[2], next), messages[2].Signature);
        server.Pass(TimeSpan.FromMinutes(10));
        await server.RunJobs();
        Assert.Null(await server.Ask<Db, byte[]?>(db => db.Webhooks.Select(w => w.SealedPrevious).SingleAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Secret_that_leaked_ends_at_once(Engine engine)
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var server = await TestServer.Start(engine, WebhookReceiver.Allowed);
        var (id, _) = await server.AddWebhook(receiver);
        await server.MakeApp(await server.SignUp(), "lighthouse");
        var rotated = await server.OperateJson("webhook:rotate", id, "--hours=0");
        await SendAgain(server, id);
        var message = Assert.Single(receiver.Messages);
        Assert.Equal(Sign(message, new Secret(rotated.GetProperty("secret").GetString()!)), message.Signature);
        foreach (var hours in (string[])["-1", "721", "1.5", "soon"])
            Assert.Equal(2, (await server.Operate("webhook:rotate", id, "--hours", hours)).Exit);
        Assert.Equal(1, (await server.Operate("webhook:rotate", "ep_0")).Exit);
    }

    [Theory, EveryDatabase]
    public async Task Secret_is_nowhere_in_the_database_or_the_lists(Engine engine)
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var server = await TestServer.Start(engine, WebhookReceiver.Allowed);
        var (id, secret) = await server.AddWebhook(receiver);
        await server.Operate("webhook:rotate", id);
        var rows = await server.Ask<Db, Webhook>(db => db.Webhooks.AsNoTracking().SingleAsync());
        foreach (var box in (byte[][])[rows.SealedSecret, rows.SealedPrevious!])
        {
            var text = Encoding.Latin1.GetString(box);
            Assert.DoesNotContain("whsec_", text);
            Assert.DoesNotContain(secret.Reveal()[6..20], text);
        }

        Assert.DoesNotContain("whsec_", (await server.Operate("webhook:list")).Output);
    }

    private static async Task SendAgain(TestServer server, string id)
    {
        Assert.Equal(0, (await server.Operate("webhook:replay", id, "--since", "2027-06-01")).Exit);
        await server.SendWebhooks();
    }

    private static string Sign(ReceivedMessage message, params Secret[] secrets) =>
        WebhookSecret.Sign(secrets, message.Id, message.Seconds, message.Body);
}
