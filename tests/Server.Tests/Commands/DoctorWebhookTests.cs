using Gatehouse.Commands;
using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Commands;

/// <summary><c>doctor</c> sees a platform that does not hear.</summary>
public sealed class DoctorWebhookTests
{
    [Theory, EveryDatabase]
    public async Task Platform_that_does_not_hear_is_seen(Engine engine)
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var server = await TestServer.Start(engine, WebhookReceiver.Allowed);
        Assert.Equal("Green none: nobody is told what happens", await Look(server));
        await server.AddWebhook(receiver);
        Assert.Equal("Green 1 told everything", await Look(server));
        receiver.Answer = _ => 500;
        await server.MakeApp(await server.SignUp(), "lighthouse");
        server.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal("Green 1 messages wait, the oldest for 1 min", await Look(server));
        server.Pass(TimeSpan.FromMinutes(89));
        Assert.StartsWith("Yellow 1 messages wait, the oldest for 90 min", await Look(server));
        server.Pass(TimeSpan.FromDays(1));
        Assert.StartsWith("Red 1 messages wait, the oldest for 1530 min", await Look(server));
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await server.SendWebhooks();
            server.Pass(TimeSpan.FromHours(20));
        }

        Assert.StartsWith("Red 1 messages were given up", await Look(server));
        receiver.Answer = _ => 410;
        await server.Operate("webhook:replay", receiver.Messages.First().Id);
        await server.SendWebhooks();
        Assert.Matches("^Red ep_[0-9a-f]{32} said 410", await Look(server));
    }

    private static Task<string> Look(TestServer server) => server.Ask<IServiceProvider, string>(async services =>
    {
        var db = (Db)services.GetService(typeof(Db))!;
        var clock = (TimeProvider)services.GetService(typeof(TimeProvider))!;
        var finding = await new DoctorWebhooks(db, clock).Look(TestContext.Current.CancellationToken);
        return $"{finding.Light} {finding.Says}";
    });
}
