using System.Diagnostics;
using System.Net;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Nodes;

[Costly]
public class TwoNodesTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private const string MasterKey = "3q2+7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs=";
    private const string OtherKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaG96tvu8=";

    [Fact]
    public async Task A_code_asked_from_one_is_confirmed_at_the_other()
    {
        var (one, other) = await nodes.Both;
        var person = new Person();
        await person.Begin(one);
        var code = Person.CodeOf(await one.Mailbox.Next(person.Email, "confirm"));

        Assert.Equal(HttpStatusCode.OK, (await person.Confirm(other, code)).Status);
        await one.Http.PostJson("/api/signup", new { uuid = person.Handle, password = person.Password });
        await person.Complete(other);
        Assert.Equal(HttpStatusCode.OK, (await person.Look(one)).Status);
        var mails = one.Mailbox.Messages.Select(message => message.MessageId).ToList();
        Assert.Equal(mails.Distinct(), mails);
    }

    [Fact]
    public async Task Limits_count_together()
    {
        var (one, other) = await nodes.Both;
        var person = new Person();
        foreach (var node in (GatehouseServer[])[one, other, one])
            await person.Begin(node);

        foreach (var node in (GatehouseServer[])[one, other])
        {
            var refused = await node.Http.PostJson("/api/signup", new { email = person.Email });
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
            Assert.NotNull(refused.Headers.RetryAfter);
        }
    }

    [Fact]
    public async Task Wrong_codes_count_together_in_parallel()
    {
        var (one, other) = await nodes.Both;
        var person = new Person();
        await person.Begin(one);
        var code = Person.CodeOf(await one.Mailbox.Next(person.Email, "confirm"));
        var wrong = code == "000000" ? "000001" : "000000";

        var tries = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => person.Confirm(i % 2 == 0 ? one : other, wrong)));
        Assert.Equal(5, tries.Count(reply => reply.Status == HttpStatusCode.UnprocessableEntity));
        Assert.Equal(15, tries.Count(reply => reply.Status == HttpStatusCode.TooManyRequests));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await person.Confirm(other, code)).Status);
    }

    [Fact]
    public async Task A_key_revoked_at_one_is_refused_at_the_other_within_a_second()
    {
        var (one, other) = await nodes.Both;
        var person = new Person();
        await person.SignUp(one);
        var worst = TimeSpan.Zero;
        for (var i = 0; i < Soak.Times(5, 200); i++)
        {
            await person.LogIn(one);
            Assert.Equal(HttpStatusCode.OK, (await person.Look(other)).Status);
            var end = await one.Http.AskAs(person.Email, person.Key, HttpMethod.Delete, "/api/login");
            Assert.Equal(HttpStatusCode.OK, end.Status);
            var revoked = Stopwatch.GetTimestamp();
            await Eventually.Get(
                async () => (await person.Look(other)).Status == HttpStatusCode.Unauthorized ? "refused" : null,
                () => "The other node goes on taking the key",
                within: TimeSpan.FromSeconds(1));
            worst = TimeSpan.FromTicks(Math.Max(worst.Ticks, Stopwatch.GetElapsedTime(revoked).Ticks));
        }

        Figures.Note("a revoked key is refused at the other node after", $"{worst.TotalMilliseconds:0} ms at most");
    }

    [Fact]
    public async Task Two_that_start_at_once_on_an_empty_database_both_become_ready()
    {
        var database = await (await TestRun.Postgres).CreateDatabase();
        using var here = await Node(database, MasterKey);
        using var there = await Node(database, MasterKey);
        var started = await Task.WhenAll(here.Start(), there.Start());
        await using var one = started[0];
        await using var other = started[1];
        foreach (var node in started)
        {
            using var ready = await node.Http.GetAsync("/readyz", TestContext.Current.CancellationToken);
            Assert.True(ready.IsSuccessStatusCode, node.Output);
        }

        var person = new Person();
        await person.Begin(one);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await person.Confirm(other, "")).Status);
    }

    [Fact]
    public async Task Two_that_start_at_once_in_an_empty_folder_share_its_master_key()
    {
        using var installation = await Installation.Create();
        var started = await Task.WhenAll(installation.Start(), installation.Start());
        await using var one = started[0];
        await using var other = started[1];

        var person = new Person();
        await person.Begin(one);
        var code = Person.CodeOf(await installation.Mailbox.Next(person.Email, "confirm"));
        Assert.Equal(HttpStatusCode.OK, (await person.Confirm(other, code)).Status);
    }

    [Fact]
    public async Task A_node_with_another_master_key_does_not_start()
    {
        var database = await (await TestRun.Postgres).CreateDatabase();
        using var here = await Node(database, MasterKey);
        await using var first = await here.Start();
        using var stranger = await Node(database, OtherKey);
        var outcome = await stranger.Run("serve", "--urls", "http://127.0.0.1:0");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("MasterKey", outcome.Stderr, StringComparison.Ordinal);
        Assert.Single(outcome.Stderr.Trim().Split('\n'));
        Assert.Empty(outcome.Stdout);
    }

    private static Task<Installation> Node(string database, string masterKey) =>
        Installation.Create(settings: [("Database", database), ("MasterKey", masterKey)]);
}
