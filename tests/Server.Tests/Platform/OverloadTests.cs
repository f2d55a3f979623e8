using System.Diagnostics;
using System.Globalization;
using Gatehouse.Platform;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Platform;

/// <summary>More requests than a node can answer: each gets an answer, and those that cost little get theirs.</summary>
[Costly]
public sealed class OverloadTests
{
    private const int Flood = 500;

    [Theory, EveryDatabase]
    public async Task Flood_of_logins_is_answered_and_keys_go_on_working(Engine engine)
    {
        await using var server = await TestServer.Start(
            engine, AccountSteps.Unlimited.Where(setting => setting.Name != "Accounts:Hashing:Queue")
                .Concat(TestServer.RealHashing));
        var ada = await server.SignUp();
        var flood = Task.WhenAll(Enumerable.Range(0, Flood).Select(i => server.LogIn(
            ada.Email, i % 2 == 0 ? ada.Password : "a wrong password", $"198.51.{i / 250}.{i % 250}")));
        var times = new List<double>();
        do
        {
            var started = Stopwatch.GetTimestamp();
            Assert.Equal(200, await server.StatusOfKey(ada.Email, ada.Key));
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        while (!flood.IsCompleted);

        var answers = await flood;
        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { 200, 401, 429, 503 }));
        Assert.All(answers.Where(answer => answer.Status is 429 or 503), answer => Assert.True(answer.RetryAfter > 0));
        Assert.Contains(answers, answer => answer.Status == 503);
        Assert.Contains(answers, answer => answer.Status == 200);
        Assert.Equal(0, server.Hashing.Waiting);
        var worst = times.Max().ToString("0", CultureInfo.InvariantCulture);
        var refused = answers.Count(answer => answer.Status == 503);
        Figures.Note(
            $"status with a key beside {Flood} log-ins, {engine}", $"{worst} ms at most; {refused} log-ins got 503");
    }

    [Fact]
    public void Crowd_lets_in_as_many_as_it_may_and_no_more()
    {
        var crowd = new Crowd(most: 2);
        Assert.True(crowd.Enter());
        Assert.True(crowd.Enter());
        Assert.False(crowd.Enter());
        crowd.Leave();
        Assert.True(crowd.Enter());
        var open = new Crowd(most: 0);
        Assert.All(Enumerable.Range(0, 5000), _ => Assert.True(open.Enter()));
    }

    [Theory]
    [InlineData("/api/validate_email?email=ada@example.org", "\"errors\"")]
    [InlineData("/v2/systems/check", "\"code\":503")]
    public async Task Crowded_surface_answers_in_its_own_envelope(string path, string envelope)
    {
        await using var server = await TestServer.Start(Engine.Sqlite, ("Limits:RequestsAtOnce", "1"));
        Answer? busy = null;
        for (var round = 0; busy is null; round++)
        {
            Assert.True(round < 200, "Of ten requests at once, none met another.");
            var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => server.Call($"GET {path}")));
            Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { 200, 422, 503 }));
            busy = answers.FirstOrDefault(answer => answer.Status == 503);
        }

        Assert.True(busy.RetryAfter > 0);
        Assert.Contains(envelope, busy.Body.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(200, (await server.Call("GET /healthz")).Status);
    }
}
