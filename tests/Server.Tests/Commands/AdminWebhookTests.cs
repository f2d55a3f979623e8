using System.Text.Json;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Commands;

/// <summary><c>admin webhook:…</c> and <c>service_key:…</c>: what they take, and what they show.</summary>
public sealed class AdminWebhookTests
{
    [Theory, EveryDatabase]
    public async Task Addresses_that_make_no_sense_are_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        string[] wrong =
        [
            "platform.example.org", "ftp://platform.example.org/", "https://", "https://user:secret@example.org/",
            "https://example.org/#part", "http://127.0.0.1:8000/", "https://10.0.0.1/", "https://[::1]/",
            "https://169.254.169.254/latest", "http://8.8.8.8/", $"https://example.org/{new string('a', 2000)}",
        ];
        foreach (var url in wrong)
        {
            var (exit, output, error) = await server.Operate("webhook:add", url);
            Assert.Equal((2, "", true), (exit, output, error.StartsWith($"{url} is not a", StringComparison.Ordinal)));
        }

        Assert.Equal(2, (await server.Operate("webhook:add")).Exit);
        var (_, _, unknown) = await server.Operate("webhook:add", "https://example.org/", "--event", "app.eaten");
        Assert.StartsWith("There is no event app.eaten, only app.created, ", unknown);
        Assert.Equal(0, (await server.OperateJson("webhook:list")).GetArrayLength());
    }

    [Theory, EveryDatabase]
    public async Task Addresses_are_listed_with_what_waits_and_what_was_given_up(Engine engine)
    {
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answer = message => message.Body.Contains("app.created", StringComparison.Ordinal) ? 500 : 200;
        await using var server = await TestServer.Start(engine, WebhookReceiver.Allowed);
        var (id, _) = await server.AddWebhook(receiver);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "lighthouse");
        await server.Do(ada, "PUT /api/apps/lighthouse/restart");
        await server.SendWebhooks();

        var listed = (await server.OperateJson("webhook:list"))[0];
        Assert.Equal((id, receiver.Url), (listed.GetProperty("id").GetString(), listed.GetProperty("url").GetString()));
        Assert.Equal(PlatformMessage.Types.Count, listed.GetProperty("events").GetArrayLength());
        Assert.Equal((1, 0), (listed.GetProperty("waiting").GetInt32(), listed.GetProperty("given_up").GetInt32()));
        Assert.Equal(
            ["app.restarted delivered 200", "app.created pending 500"],
            Lines(await server.OperateJson("webhook:deliveries")));
        Assert.Equal(
            ["app.created pending 500"],
            Lines(await server.OperateJson("webhook:deliveries", id, "--state", "pending")));
        Assert.Empty(Lines(await server.OperateJson("webhook:deliveries", id, "--state=given_up")));
        Assert.Equal(2, (await server.Operate("webhook:deliveries", id, "--state", "lost")).Exit);
        Assert.Equal(1, (await server.Operate("webhook:deliveries", "ep_1")).Exit);
        Assert.Equal(1, (await server.Operate("webhook:remove", "ep_1")).Exit);
        Assert.Equal(1, (await server.Operate("webhook:enable", "ep_1")).Exit);
    }

    [Theory, EveryDatabase]
    public async Task Service_keys_are_made_listed_and_revoked_by_name(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var key = await server.MakeServiceKey("eu-west");
        Assert.True(ServiceKeyText.IsWellFormed(key));
        Assert.False(ApiKeyText.IsWellFormed(key));
        var (exit, _, error) = await server.Operate("service_key:create", "eu-west");
        Assert.Equal((1, "There is a service key eu-west already.\n"), (exit, error));
        foreach (var name in (string[])["ä", "a/b", new string('a', 65)])
            Assert.Equal(2, (await server.Operate("service_key:create", name)).Exit);
        var (_, listed, _) = await server.Operate("service_key:list");
        Assert.Contains("eu-west", listed);
        Assert.DoesNotContain("gatesvc_", listed);
        Assert.Equal(
            (0, "eu-west opens nothing any more.\n", ""), await server.Operate("service_key:revoke", "eu-west"));
        Assert.Equal(1, (await server.Operate("service_key:revoke", "eu-west")).Exit);
    }

    private static IEnumerable<string> Lines(JsonElement deliveries) => deliveries.EnumerateArray().Select(one =>
        $"{one.GetProperty("type")} {one.GetProperty("state")} {one.GetProperty("status")}");
}
