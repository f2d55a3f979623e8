using System.Text.RegularExpressions;
using Gatehouse.Data;
using Gatehouse.Platform;
using Gatehouse.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Platform;

/// <summary>
/// Whoever reaches a fresh server first gets nothing that the next one does not get: there is no set-up over the
/// network and nobody who may do more than others (T119). Operators work on the server's own machine: Commands.
/// </summary>
public sealed partial class FirstBootTests
{
    private static readonly object Eve = new { email = "eve@example.org" };

    [Theory, EveryDatabase]
    public async Task Fresh_server_has_no_route_for_the_one_who_comes_first(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var routes = server.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(route => route.RoutePattern.RawText!).ToList();
        Assert.InRange(routes.Count, 50, 1000);
        // Figures are for this machine or for who has the token of the settings: MetricsTests.
        Assert.DoesNotContain(routes, route => route != Metrics.Path && Privileged().IsMatch(route));
        string[] tried =
        [
            "/setup", "/install", "/init", "/admin", "/admin/users", "/api/admin", "/api/setup", "/v2/admin", "/debug",
            "/metrics", "/api/users/1", "/config", "/env", "/dev/mail", "/dev/clock", "/swagger", "/actuator",
        ];
        foreach (var path in tried)
        {
            foreach (var method in (string[])["GET", "POST", "PUT"])
            {
                var status = (await server.Call($"{method} {path}", Eve, from: "203.0.113.9")).Status;
                Assert.True(status is >= 400 and < 500 and not 403, $"{method} {path}: {status}");
            }
        }

        Assert.Equal(0, await server.Ask<Db, int>(db => db.Accounts.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task First_account_is_like_the_second(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (first, second) = (await server.SignUp("ada@example.org"), await server.SignUp("bob@example.org"));
        foreach (var path in (string[])["/api/users", "/api/account_keys", "/api/users/destroy", "/api/sessions"])
        {
            var (one, other) = (await server.CallAs(first, $"GET {path}"), await server.CallAs(second, $"GET {path}"));
            Assert.Equal((path, NamesOf(one)), (path, NamesOf(other)));
        }

        Assert.Equal(await server.StandingOf(second.Email), await server.StandingOf(first.Email));
        foreach (var customer in (Customer[])[first, second])
        {
            var shown = await server.Do(customer, "GET /api/users");
            Assert.Equal(("FREE", "0"), (shown.Data("tier"), shown.Data("credit_cents")));
        }
    }

    private static string NamesOf(Answer answer) =>
        $"{answer.Status} {string.Join(' ', Name().Matches(answer.Body).Select(match => match.Value))}";

    [GeneratedRegex("(^|/)(admin|setup|install|init|debug|metrics|operator|internal|bootstrap|root)(/|$)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Privileged();

    [GeneratedRegex("\"[a-z_]+\":", RegexOptions.None, 1000)]
    private static partial Regex Name();
}
