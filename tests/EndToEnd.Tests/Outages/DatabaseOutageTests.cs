using System.Diagnostics;
using System.Net;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Outages;

public class DatabaseOutageTests
{
    private const int Crowd = 24;

    // Nobody waits for longer than five seconds (two for the statement, two for asking to cancel it); the rest is for
    // the browsers and servers of other tests, which share the processors.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5) + TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_database_that_is_gone_is_503_at_once_and_its_return_is_noticed()
    {
        await using var postgres = await PostgresServer.Start();
        var database = await postgres.CreateDatabase(isPatient: false);
        await using var server = await GatehouseServer.Start(settings: ("Database", database));
        var person = new Person();
        await person.SignUp(server);

        await postgres.StopAtOnce();
        var worst = await EverythingIsUnavailable(server, person);
        await postgres.StartAgain();
        await Recovers(server, person);
        Figures.Note("answer without a database", $"{worst.TotalMilliseconds:0} ms at most");
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_503_in_time_and_its_return_is_noticed()
    {
        await using var postgres = await PostgresServer.Start();
        var database = await postgres.CreateDatabase(isPatient: false);
        await using var server = await GatehouseServer.Start(settings: ("Database", database));
        var person = new Person();
        await person.SignUp(server);
        // As many connections as will hang.
        await Task.WhenAll(Enumerable.Range(0, Crowd).Select(_ => person.Look(server)));

        await postgres.SignalAll("STOP");
        var worst = await EverythingIsUnavailable(server, person);
        await postgres.SignalAll("CONT");
        await Recovers(server, person);
        Figures.Note("answer with a database that hangs", $"{worst.TotalMilliseconds:0} ms at most");
    }

    /// <summary>The longest of the answers.</summary>
    private static async Task<TimeSpan> EverythingIsUnavailable(GatehouseServer server, Person person)
    {
        using var alive = await server.Http.GetAsync("/healthz", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        var answers = await Task.WhenAll(
        [
            .. Enumerable.Range(0, Crowd).Select(_ => Timed("the account", person.Look(server))),
            Timed("a log-in", person.LogIn(server, person.Password)),
            Timed("a sign-up", server.Http.PostJson("/api/signup", new { email = new Person().Email })),
            Timed("readiness", server.Http.Ask(new HttpRequestMessage(HttpMethod.Get, "/readyz"))),
        ]);
        var times = string.Join(", ", answers.Select(answer => $"{answer.Name} {answer.Took.TotalSeconds:0.0} s"));
        Assert.True(answers.All(answer => answer.Took <= Patience), times);
        foreach (var (name, reply, _) in answers)
        {
            Assert.True(reply.Status == HttpStatusCode.ServiceUnavailable, $"{name}: {reply.Status}");
            Assert.True(name == "readiness" || reply.Headers.RetryAfter is not null, $"{name} has no Retry-After");
            Assert.DoesNotContain("Npgsql", reply.Body.ToString(), StringComparison.Ordinal);
        }

        return answers.Max(answer => answer.Took);
    }

    private static async Task<(string Name, Reply Reply, TimeSpan Took)> Timed(string name, Task<Reply> request)
    {
        var started = Stopwatch.GetTimestamp();
        return (name, await request, Stopwatch.GetElapsedTime(started));
    }

    private static async Task Recovers(GatehouseServer server, Person person)
    {
        await Eventually.Get(
            async () => (await person.Look(server)).Status == HttpStatusCode.OK ? "back" : null,
            () => $"It does not notice that the database is back:\n{server.Output}");
        await new Person().SignUp(server);
    }
}
