using System.Net;
using System.Text.Json;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Crashes;

/// <summary>The platform hears of all that was acknowledged, whatever is killed when, and can verify it.</summary>
public class WebhookKillTests
{
    private const int Crowd = 6;

    [Theory, EveryDatabase]
    public async Task Message_in_the_middle_of_a_kill_arrives_under_its_id(string database)
    {
        await using var receiver = await WebhookReceiver.Start(millisecondsBeforeAnswer: 150);
        using var installation = await Installation.Create(database, WebhookReceiver.Allowed);
        var (ada, app) = (new Person(), "");
        await using (var first = await installation.Start())
        {
            await ada.SignUp(first);
            await receiver.Listen(installation);
            var made = await first.Http.AskAs(ada.Email, ada.Key, HttpMethod.Post, "/api/apps");
            Assert.Equal(HttpStatusCode.Created, made.Status);
            app = made.Data("unique_name");
        }

        var rounds = Soak.Times(2, 30);
        for (var round = 0; round < rounds; round++)
        {
            await using var one = await installation.Start();
            await using var other = await installation.Start();
            for (var i = 0; i < Crowd; i++) await Restart(i % 2 == 0 ? one : other, ada, app);
            var before = receiver.Good.Count;
            await Eventually.Holds(() => receiver.Good.Count > before, () => "Nothing arrives any more.");
            await one.Kill();
            await other.Kill();
        }

        await using var last = await installation.Start();
        // The lease of whoever was killed is over.
        var advanced = await last.Http.PostJson("/dev/clock", new { advance = "00:02:00" });
        Assert.Equal(HttpStatusCode.OK, advanced.Status);
        var sent = await Eventually.Get(
            async () => await Deliveries(installation) is var all
                && all.All(one => one.State == "delivered") ? all : null,
            () => $"Some never arrived; {receiver.Good.Count} did.",
            within: TimeSpan.FromMinutes(1));
        Assert.Equal(1 + (rounds * Crowd), sent.Count);
        Assert.Empty(receiver.Bad);
        Assert.Empty(sent.Select(one => one.Message).Except(receiver.Good));
        Figures.Note(
            $"messages to the platform lost to kill -9 on {database}",
            $"0 of {sent.Count}, {receiver.Good.Count - sent.Count} arrived twice");
    }

    private static async Task Restart(GatehouseServer server, Person who, string app)
    {
        var reply = await server.Http.AskAs(who.Email, who.Key, HttpMethod.Put, $"/api/apps/{app}/restart");
        Assert.Equal(HttpStatusCode.OK, reply.Status);
    }

    private static async Task<List<(string Message, string State)>> Deliveries(Installation installation)
    {
        var outcome = await installation.Run("admin", "webhook:deliveries");
        return
        [
            .. JsonElement.Parse(outcome.Stdout).EnumerateArray().Select(one =>
                (one.GetProperty("message").GetString()!, one.GetProperty("state").GetString()!)),
        ];
    }
}
