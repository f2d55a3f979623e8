using System.Text.Json;
using System.Text.RegularExpressions;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Accounts;
using Gatehouse.Tests.Harness;
using Gatehouse.Tests.Tidy;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Features.Webhooks;

/// <summary>What the platform is told, and when: docs/webhooks.md is held to it.</summary>
public sealed partial class MessageTests
{
    private const string Value = "a value that is nobody's business";

    [Theory, EveryDatabase]
    public async Task Every_type_is_told_as_the_document_says_and_without_a_person(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await LiveThroughEverything(server, ada);
        var messages = await Messages(server);
        Assert.Equal(PlatformMessage.Types.Order(), messages.Select(m => m.Type).Distinct().Order());
        var samples = Samples().Select(ShapeOf).ToList();
        Assert.All(messages, message => Assert.Contains(ShapeOf(JsonElement.Parse(message.Body)), samples));
        Assert.All(Samples(), sample => Assert.Contains(messages, message =>
            message.Type == sample.GetProperty("type").GetString()
            && ShapeOf(JsonElement.Parse(message.Body)) == ShapeOf(sample)));
        foreach (var secret in (string[])[ada.Email, ada.UserName, ada.Key, Value, "bob@example.org"])
            Assert.All(messages, message => Assert.DoesNotContain(secret, message.Body));
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "webhooks.md"));
        Assert.All(PlatformMessage.Types, type => Assert.Contains($"`{type}`", document));
    }

    [Theory, EveryDatabase]
    public async Task Sequence_rises_with_each_message_and_state_is_the_one_after_the_change(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await LiveThroughEverything(server, ada);
        var messages = await Messages(server);
        Assert.All(messages.Zip(messages.Skip(1)), pair => Assert.True(pair.Second.Sequence > pair.First.Sequence));
        Assert.All(messages, message =>
        {
            var body = JsonDocument.Parse(message.Body).RootElement;
            Assert.Equal(message.Type, body.GetProperty("type").GetString());
            Assert.Equal(message.Sequence, body.GetProperty("data").GetProperty("sequence").GetInt64());
            Assert.Equal(message.AccountId, body.GetProperty("data").GetProperty("account_id").GetGuid());
        });
        Assert.Equal(2, Data(messages, "app.scaled", 1).GetProperty("app").GetProperty("replicas").GetInt32());
        Assert.Equal("suspended", Status(messages, "account.suspended"));
        Assert.Equal("active", Status(messages, "account.restored"));
        Assert.Equal("closed", Status(messages, "account.closed"));
        Assert.Equal("active", Status(messages, "account.reopened"));
        var upgraded = Data(messages, "account.upgraded");
        Assert.Equal("STANDARD", upgraded.GetProperty("account").GetProperty("tier").GetString());
        Assert.Equal(0.6m, upgraded.GetProperty("databases")[0].GetProperty("size").GetDecimal());
        var sample = Samples().Single(one => one.GetProperty("type").GetString() == "account.upgraded");
        foreach (var list in (string[])["apps", "databases"])
            Assert.Equal(
                ShapeOf(sample.GetProperty("data").GetProperty(list)[0]), ShapeOf(upgraded.GetProperty(list)[0]));
    }

    /// <summary>What was refused or undone was never told.</summary>
    [Theory, EveryDatabase]
    public async Task Refused_change_is_not_told(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "lighthouse");
        var before = (await Messages(server)).Count;
        Assert.Equal(422, (await server.CallAs(ada, "POST /api/apps", new { unique_name = "second" })).Status);
        Assert.Equal(422, (await server.CallAs(ada, "PUT /api/apps/lighthouse/scale", new { replicas = 2 })).Status);
        await server.Do(ada, "POST /api/apps/lighthouse/domains", new { fqdn = "www.example.org" });
        var again = await server.CallAs(ada, "POST /api/apps/lighthouse/domains", new { fqdn = "www.example.org" });
        Assert.Equal(422, again.Status);
        Assert.Equal(before + 1, (await Messages(server)).Count);
    }

    [Theory, EveryDatabase]
    public async Task Messages_go_after_a_month_and_with_their_account_unless_they_wait(Engine engine)
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var server = await TestServer.Start(
            engine, WebhookReceiver.Allowed, ("Accounts:ClosingGraceDays", "0"));
        var ada = await server.SignUp();
        await server.MakeApp(ada, "lighthouse");
        await server.AddWebhook(receiver);
        receiver.Answer = _ => 500;
        await server.Do(ada, "DELETE /api/apps/lighthouse");
        await server.Do(ada, "DELETE /api/users/destroy", new { email = ada.Email, current_password = ada.Password });
        await server.RunJobs();
        server.Pass(TimeSpan.FromMinutes(10));
        await server.RunJobs();
        Assert.Equal(["app.destroyed", "account.closed"], (await Messages(server)).Select(m => m.Type));
        receiver.Answer = _ => 200;
        server.Pass(TimeSpan.FromHours(2));
        await server.RunJobs();
        server.Pass(TimeSpan.FromMinutes(10));
        await server.RunJobs();
        Assert.Empty(await Messages(server));

        var bob = await server.SignUp("bob@example.org");
        await server.MakeApp(bob, "harbour");
        await server.RunJobs();
        Assert.Single(await Messages(server));
        server.Pass(TimeSpan.FromDays(31));
        await server.RunJobs();
        Assert.Empty(await Messages(server));
    }

    private static async Task LiveThroughEverything(TestServer server, Customer ada)
    {
        await server.MakeApp(ada, "lighthouse");
        const string App = "/api/apps/lighthouse";
        await server.Do(ada, $"PUT {App}/scale", new { replicas = 1 });
        await server.Do(ada, $"POST {App}/free_databases");
        var card = new { stripe_token = "tok_visa", current_password = ada.Password };
        await server.Do(ada, "PUT /api/payment_methods", card);
        await server.Do(ada, "POST /api/upgrade", new { });
        await server.Do(ada, $"PUT {App}/scale", new { replicas = 2, size = 0.5 });
        await server.Do(ada, $"PUT {App}/restart");
        await server.Do(ada, $"PUT {App}/stack", new { stack = "gigalixir-22" });
        await server.Do(ada, $"POST {App}/configs", new { configs = new { KEY = Value } });
        await server.Do(ada, $"DELETE {App}/configs", new { key = "KEY" });
        await server.Do(ada, $"POST {App}/domains", new { fqdn = "www.example.com" });
        await server.Do(ada, $"DELETE {App}/domains", new { fqdn = "www.example.com" });
        await server.Do(ada, $"POST {App}/permissions", new { email = "bob@example.org", role = "VIEWER" });
        var made = await server.Do(ada, $"POST {App}/databases", new { size = 0.6 });
        await server.Do(ada, $"PUT {App}/databases/{made.Data("id")}", new { size = 1.7 });
        await server.Do(ada, $"DELETE {App}/databases/{made.Data("id")}");
        await server.Operate("account:suspend", ada.Email, "--reason", "trial");
        await server.Operate("account:restore", ada.Email, "--reason", "trial");
        await server.Do(ada, $"DELETE {App}");
        await server.Operate("account:downgrade", ada.Email, "--reason", "trial");
        await server.Do(ada, "DELETE /api/users/destroy", new { email = ada.Email, current_password = ada.Password });
        var mail = await server.ReadMail(ada.Email, "closed");
        var reopened = await server.Ask<ReopenAccount, Outcome<ReopenedAccount>>(
            reopen => reopen.Run(Caller.Server, mail.Token, CancellationToken.None));
        Assert.Null(reopened.Refusal);
    }

    private static Task<List<PlatformMessage>> Messages(TestServer server) => server.Ask<Db, List<PlatformMessage>>(
        db => db.PlatformMessages.AsNoTracking().OrderBy(m => m.Sequence).ToListAsync());

    private static JsonElement Data(List<PlatformMessage> messages, string type, int index = 0) => JsonDocument
        .Parse(messages.Where(message => message.Type == type).ElementAt(index).Body).RootElement.GetProperty("data");

    private static string? Status(List<PlatformMessage> messages, string type) =>
        Data(messages, type).GetProperty("account").GetProperty("status").GetString();

    /// <summary>Every message that the document shows.</summary>
    private static IReadOnlyList<JsonElement> Samples()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "webhooks.md"));
        return [.. Block().Matches(document).Select(match => JsonElement.Parse(match.Groups["json"].Value))];
    }

    /// <summary>Names and kinds, all the way down; a list may be empty.</summary>
    private static string ShapeOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(
            ',', element.EnumerateObject().Select(member => $"{member.Name}:{ShapeOf(member.Value)}")) + "}",
        JsonValueKind.Array => "[]",
        var kind => kind.ToString(),
    };

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}
