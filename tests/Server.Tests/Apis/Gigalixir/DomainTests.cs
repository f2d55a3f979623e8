using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Custom domains of apps (wire 4).</summary>
public sealed class DomainTests
{
    private const string Route = "/api/apps/engine/domains";

    [Theory, EveryDatabase]
    public async Task Domain_is_added_listed_and_removed(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "engine");
        Golden.Matches("Apis/Gigalixir/domains.txt", await server.Transcript(
            ada,
            ($"GET {Route}", null),
            ($"POST {Route}", new { fqdn = "WWW.Example.com." }),
            ($"GET {Route}", null),
            ($"POST {Route}", new { fqdn = "other.example.com" }),
            ($"DELETE {Route}", new { fqdn = "other.example.com" }),
            ($"DELETE {Route}", new { fqdn = "www.EXAMPLE.com" }),
            ($"GET {Route}", null),
            ($"POST {Route}", new { fqdn = "*.example.com" })));
    }

    [Theory, EveryDatabase]
    public async Task Everything_that_is_no_free_name_is_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Tiers:Free:Domains", "10"));
        var (ada, bob) = (await server.SignUp(), await server.SignUp("bob@example.org"));
        await server.MakeApp(ada, "engine");
        await server.MakeApp(bob, "machine");
        await server.Do(bob, "POST /api/apps/machine/domains", new { fqdn = "bücher.example" });
        (string? Fqdn, string Expected)[] names =
        [
            (null, "is required"), (" ", "is required"), ("localhost", "is invalid"), ("10.0.0.1", "is invalid"),
            ("::1", "is invalid"), ("a..b", "is invalid"), ("-a.example", "is invalid"), ("a b.example", "is invalid"),
            ("a_b.example", "is invalid"), ("http://a.example", "is invalid"), ("a.example/x", "is invalid"),
            ("*.*.example.com", "is invalid"), ("a.*.example", "is invalid"), ("a.example..", "is invalid"),
            (new string('x', 64) + ".example", "is invalid"), ("a\0.example", "is invalid"),
            ("xn--bcher-kva.example", "has already been taken"), ("BÜCHER.example", "has already been taken"),
            ("accounts.example.org", "has already been taken"), ("x.dns.localhost", "has already been taken"),
        ];
        foreach (var (fqdn, expected) in names)
        {
            var refused = await server.CallAs(ada, $"POST {Route}", new { fqdn });
            var answer = $"422 {{\"errors\":{{\"fqdn\":[\"{expected}\"]}}}}";
            Assert.Equal((fqdn, answer), (fqdn, refused.ToString()));
        }

        Assert.Equal("""{"data":[]}""", (await server.Do(ada, $"GET {Route}")).Body);
    }
}
