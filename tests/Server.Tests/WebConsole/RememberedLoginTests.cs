using Gatehouse.Tests.Harness;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.WebConsole;

/// <summary>A login that stays for weeks: what the browser shows turns, and a copy ends the login for both.</summary>
public sealed class RememberedLoginTests
{
    private const string Cookie = "__Host-session";

    [Theory, EveryDatabase]
    public async Task Turn_is_replaced_once_an_hour_and_the_one_before_does_for_a_minute(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (_, browser) = await Remembered(server);
        var first = browser.Cookies[Cookie];
        server.Pass(TimeSpan.FromMinutes(59));
        Assert.DoesNotContain("Set-Cookie", (await browser.Open("/account")).Headers.Keys);
        server.Pass(TimeSpan.FromMinutes(1));
        var turned = await browser.Open("/account");
        var second = browser.Cookies[Cookie];
        Assert.NotEqual(first, second);
        Assert.Equal(first.Split('.')[0], second.Split('.')[0]);
        foreach (var flag in (string[])["; secure", "; httponly", "; expires="])
            Assert.Contains(flag, turned.Headers["Set-Cookie"], OrdinalIgnoreCase);
        // The answer was lost, or the request was on its way already.
        browser.Cookies[Cookie] = first;
        Assert.Equal(200, (await browser.Open("/account")).Status);
        Assert.Equal(second, browser.Cookies[Cookie]);
        Assert.DoesNotContain(second.Split('.')[1], await server.Dump(), Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Copy_ends_the_login_for_both_however_old_it_is_and_the_owner_is_told(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        foreach (var turns in (int[])[1, 3])
        {
            var (ada, owner) = await Remembered(server, $"ada{turns}@example.org");
            var thief = new Visitor(server);
            thief.Cookies[Cookie] = owner.Cookies[Cookie];
            for (var i = 0; i < turns; i++)
            {
                server.Pass(TimeSpan.FromHours(2));
                Assert.Equal(200, (await thief.Open("/account")).Status);
            }

            server.Pass(TimeSpan.FromMinutes(2));
            Assert.Equal("/login", (await owner.Open("/account")).Headers["Location"]);
            Assert.Equal("/login", (await thief.Open("/account")).Headers["Location"]);
            Assert.Contains("was ended", (await server.ReadMail(ada.Email, "was ended")).Subject, Ordinal);
            Assert.Contains("session.copied", (await server.Do(ada, "GET /api/activity")).Body, Ordinal);
        }
    }

    [Theory, EveryDatabase]
    public async Task Turn_that_was_forged_is_no_login(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        foreach (var forged in (string[])["", ".", ".junk", $".{new string('a', 43)}"])
        {
            var (_, browser) = await Remembered(server, $"ada{forged.Length}@example.org");
            browser.Cookies[Cookie] = browser.Cookies[Cookie].Split('.')[0] + forged;
            Assert.Equal((forged, 303), (forged, (await browser.Open("/account")).Status));
        }
    }

    [Theory, EveryDatabase]
    public async Task Requests_that_come_at_once_get_the_same_turn_on_every_node(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var (_, browser) = await Remembered(server);
        server.Pass(TimeSpan.FromHours(2));
        (string, string) cookie = ("Cookie", $"{Cookie}={browser.Cookies[Cookie]}");
        var answers = await AccountSteps.Race(
            12, server, twin, node => node.Call("GET /account", headers: [cookie]));
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Single(answers.Select(answer => answer.Headers["Set-Cookie"].Split(';')[0]).Distinct());
    }

    private static async Task<(Customer, Visitor)> Remembered(TestServer server, string email = "ada@example.org")
    {
        var (customer, browser) = (await server.SignUp(email), new Visitor(server));
        await browser.LogIn(customer, ("remember", "true"));
        return (customer, browser);
    }
}
