using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>
/// Access to apps (wire 4): by address, for the account that proves it, and not for whoever has it later.
/// </summary>
public sealed class CollaboratorTests
{
    private const string Bob = "bob@example.org";
    private const string Route = "/api/apps/engine/permissions";

    [Theory, EveryDatabase]
    public async Task Owner_sees_this(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await WithApp(server);
        Golden.Matches("Apis/Gigalixir/permissions.txt", await server.Transcript(
            ada,
            ($"GET {Route}", null),
            ($"POST {Route}", new { email = "Bob@Example.org" }),
            ($"POST {Route}", new { email = "eve@example.org", role = "VIEWER" }),
            ($"POST {Route}", new { email = "eve@example.org", role = "collaborator" }),
            ($"POST {Route}", new { email = "mallory@example.org", role = "OWNER" }),
            ($"POST {Route}", new { email = "ada@example.org" }),
            ($"POST {Route}", new { email = "nonsense" }),
            ($"POST {Route}", new { }),
            ($"GET {Route}", null),
            ($"DELETE {Route}", new { email = "eve@example.org" }),
            ($"DELETE {Route}", new { email = "eve@example.org" }),
            ($"GET {Route}", null)));
    }

    [Theory, EveryDatabase]
    public async Task Free_account_has_no_collaborators(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "engine");
        var text = await server.Transcript(ada, ($"POST {Route}", new { email = Bob }));
        Golden.Matches("Apis/Gigalixir/free-permissions.txt", text);
    }

    [Theory, EveryDatabase]
    public async Task Known_and_unknown_addresses_get_the_same_answer_and_the_same_mail(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await WithApp(server);
        await server.SignUp(Bob);
        var known = await server.CallAs(ada, $"POST {Route}", new { email = Bob });
        var unknown = await server.CallAs(ada, $"POST {Route}", new { email = "nobody@example.org" });
        Assert.Equal((201, known.Shape), (unknown.Status, unknown.Shape));
        var mails = await server.ReadMail();
        Assert.Single(mails, mail => mail.To == Bob && mail.Subject == "You have access to engine at Gatehouse");
        Assert.Single(mails, mail => mail.To == "nobody@example.org" && mail.Text.Contains(ada.Email));
    }

    [Theory, EveryDatabase]
    public async Task Mails_to_one_address_are_limited_and_nobody_is_told(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await WithApp(server);
        for (var i = 0; i < 6; i++)
        {
            await server.Do(ada, $"POST {Route}", new { email = Bob });
            await server.Do(ada, $"DELETE {Route}", new { email = Bob });
        }

        Assert.Equal(3, (await server.ReadMail()).Count(mail => mail.To == Bob));
    }

    [Theory, EveryDatabase]
    public async Task Access_waits_for_the_address_to_be_proven_and_then_follows_the_account(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await WithApp(server);
        await server.Do(ada, $"POST {Route}", new { email = Bob });
        await server.ReadMail();
        var bob = await server.SignUp(Bob);
        await server.Do(bob, "PUT /api/apps/engine/scale", new { replicas = 1 });

        await server.Do(bob, "POST /api/users/email", new { next_email = "robert@example.org" });
        var token = (await server.ReadMail("robert@example.org")).Token;
        Assert.Equal(200, (await server.Call("POST /api/users/email/confirm", new { token })).Status);
        bob = bob with { Email = "robert@example.org" };
        await server.Do(bob, "GET /api/apps/engine");
        await server.ReadMail();
        var heir = await server.SignUp(Bob, from: "198.51.100.9");
        Assert.Equal(404, (await server.CallAs(heir, "GET /api/apps/engine")).Status);
        Assert.Equal("""{"data":[]}""", (await server.Do(heir, "GET /api/apps")).Body);

        await server.Do(ada, $"DELETE {Route}", new { email = Bob });
        Assert.Equal(404, (await server.CallAs(bob, "GET /api/apps/engine")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Collaborator_may_leave_and_put_out_nobody_else(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, bob) = (await WithApp(server), await server.SignUp(Bob));
        foreach (var email in (string[])[Bob, "eve@example.org"]) await server.Do(ada, $"POST {Route}", new { email });
        Assert.Equal(403, (await server.CallAs(bob, $"DELETE {Route}", new { email = "eve@example.org" })).Status);
        Assert.Equal(403, (await server.CallAs(bob, $"DELETE {Route}", new { email = "none@example.org" })).Status);
        await server.Do(bob, $"DELETE {Route}", new { email = Bob });
        Assert.Equal(404, (await server.CallAs(bob, "GET /api/apps/engine")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Account_that_is_taken_back_is_rid_of_those_whom_the_other_let_in(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await WithApp(server);
        await server.Do(ada, $"POST {Route}", new { email = Bob });
        server.Pass(TimeSpan.FromMinutes(1));
        await server.Do(ada, "POST /api/users/email", new { next_email = "mallory@example.org" });
        var confirm = (await server.ReadMail("mallory@example.org")).Token;
        var revoke = (await server.ReadMail(ada.Email, "change")).Token;
        await server.Call("POST /api/users/email/confirm", new { token = confirm });
        var mallory = ada with { Email = "mallory@example.org" };
        await server.Do(mallory, $"POST {Route}", new { email = "accomplice@example.org" });
        Assert.Equal(200, (await server.Call("POST /api/users/email/revoke", new { token = revoke })).Status);
        var left = await server.Ask<Db, (string, int)>(async db => (
            (await db.Collaborators.SingleAsync()).Email, (await db.Apps.SingleAsync()).CollaboratorCount));
        Assert.Equal((Bob, 1), left);
    }

    [Theory, EveryDatabase]
    public async Task Erased_account_leaves_every_app(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, bob) = (await WithApp(server), await server.SignUp(Bob));
        await server.Do(ada, $"POST {Route}", new { email = Bob });
        await server.Do(bob, "DELETE /api/users/destroy", new { email = Bob });
        server.Pass(TimeSpan.FromDays(15));
        await server.ReadMail();
        Assert.DoesNotContain(Bob, await server.Dump(), StringComparison.Ordinal);
        Assert.Equal(0, await server.Ask<Db, int>(async db => (await db.Apps.SingleAsync()).CollaboratorCount));
    }

    private static async Task<Customer> WithApp(TestServer server)
    {
        var ada = await server.SignUp();
        await server.Upgrade(ada);
        await server.MakeApp(ada, "engine");
        return ada;
    }
}
