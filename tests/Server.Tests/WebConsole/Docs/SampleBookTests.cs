using System.Text.RegularExpressions;
using Gatehouse.Tests.Harness;
using Gatehouse.WebConsole.Docs;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gatehouse.Tests.WebConsole.Docs;

/// <summary>
/// The tables of samples (src/Server/WebConsole/Docs/*.json): a new route is an entry there, and everything else is
/// made from it. That each sample works is tested end to end.
/// </summary>
public sealed partial class SampleBookTests
{
    private static readonly IReadOnlyList<Sample> Samples = [.. SampleBook.All.SelectMany(book => book.Samples)];

    // They took a password where a key belongs, and only say so.
    private static readonly string[] Refused = ["PATCH /api/users", "DELETE /api/users", "POST /api/api_keys"];

    [Fact]
    public async Task Every_route_has_a_sample_and_every_sample_a_route()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var routes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .Where(route => Documented().IsMatch(route.RoutePattern.RawText!))
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [],
                (route, method) => $"{method} {route.RoutePattern.RawText}")
            .ToList();
        Assert.NotEmpty(routes);
        Assert.All(routes.Except(Refused), route => Assert.True(
            Samples.Any(sample => IsOf(sample, route)), $"{route} has no sample; docs/api/README.md says how"));
        Assert.All(Samples, sample => Assert.True(
            routes.Any(route => IsOf(sample, route)), $"{sample.Title}: there is no route {sample.Route}"));
    }

    [Fact]
    public void Titles_are_unique_and_what_comes_before_exists()
    {
        Assert.Equal(Samples.Count, Samples.Select(sample => sample.Title).Distinct().Count());
        foreach (var book in SampleBook.All)
            Assert.Equal(book.Samples.Count(), book.Samples.Select(sample => sample.Anchor).Distinct().Count());
        Assert.All(Samples.SelectMany(sample => sample.Before), title => Assert.Contains(
            Samples, sample => sample.Title == title));
    }

    /// <summary>From the table, from an answer or a mail before it, or from the authenticator app.</summary>
    [Fact]
    public void Every_variable_comes_from_somewhere()
    {
        foreach (var book in SampleBook.All)
        {
            var known = book.Variables.Keys.Append("MFA_CODE").ToHashSet();
            foreach (var sample in book.Samples)
            {
                foreach (var first in sample.Before)
                    known.UnionWith(Samples.First(other => other.Title == first).Keep.Keys);
                Assert.All(SampleText.VariablesOf(sample), name => Assert.True(
                    known.Contains(name), $"{sample.Title} uses {name}, which nothing before it gives"));
                known.UnionWith(sample.Keep.Keys.Concat(sample.Mail.Keys));
            }
        }
    }

    [Fact]
    public void Every_sample_says_what_it_does() => Assert.All(Samples, sample =>
    {
        Assert.EndsWith(".", sample.About, StringComparison.Ordinal);
        Assert.NotNull(sample.Answer);
        Assert.Contains(sample.Auth, (string?[])[null, "key", "token", "password"]);
    });

    private static bool IsOf(Sample sample, string route) => Regex.IsMatch(
        sample.Route.Split('?')[0],
        $"^{Place().Replace(Regex.Escape(route).Replace("}", "\\}", StringComparison.Ordinal), "[^/]+")}$",
        RegexOptions.None,
        TimeSpan.FromSeconds(1));

    [GeneratedRegex("^/(api|v2|[.]well-known)/|^/[{]documentName", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Documented();

    [GeneratedRegex(@"\\\{.*?\\\}", RegexOptions.None, 1000)]
    private static partial Regex Place();
}
