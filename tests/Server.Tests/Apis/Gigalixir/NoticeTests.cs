using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Security notices: to the owner, where from, and no flood of them (contract 4).</summary>
public sealed class NoticeTests
{
    private const string Email = "ada@example.org";

    [Theory, EveryDatabase]
    public async Task One_of_a_kind_is_mailed_in_an_hour(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, bob) = (await server.SignUp(Email), await server.SignUp("bob@example.org"));
        for (var i = 0; i < 3; i++) await server.Do(ada, "POST /api/account_keys", new { name = $"ci-{i}" });
        await server.Do(ada, "PATCH /api/users/change_password", new { new_password = "another horse battery" });
        await server.Do(bob, "POST /api/account_keys", new { name = "ci" });
        Assert.Equal(1, await Count(server, Email, "key was created"));
        Assert.Equal(1, await Count(server, Email, "password was changed"));
        Assert.Equal(1, await Count(server, bob.Email, "key was created"));
        server.Pass(TimeSpan.FromHours(1));
        var body = new { name = "ci-3", current_password = "another horse battery" };
        await server.Do(ada, "POST /api/account_keys", body);
        Assert.Equal(2, await Count(server, Email, "key was created"));
    }

    [Theory, EveryDatabase]
    public async Task Login_from_a_network_never_seen_is_told_with_its_address(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.SignUp(Email);
        await server.LogIn(Email, SignUpSteps.Password);
        Assert.Equal(0, await Count(server, Email, "New login"));
        await server.LogIn(Email, SignUpSteps.Password, "198.51.100.77");
        await server.LogIn(Email, SignUpSteps.Password, "198.51.100.78");
        Assert.Equal(1, await Count(server, Email, "New login"));
        Assert.Contains(
            "From: 198.51.100.77", (await server.ReadMail(Email, "New login")).Text, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Login_with_a_device_never_seen_is_told_behind_a_network_that_was(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.SignUp(Email);
        Assert.Equal(200, await LogIn(server, "laptop", "GatehouseCLI/1.0.0"));
        Assert.Equal(1, await Count(server, Email, "New login"));
        server.Pass(TimeSpan.FromHours(1));
        Assert.Equal(200, await LogIn(server, "laptop", "GatehouseCLI/1.1.0"));
        Assert.Equal(1, await Count(server, Email, "New login"));
        Assert.Equal(200, await LogIn(server, "desktop", "GatehouseCLI/1.1.0"));
        Assert.Equal(2, await Count(server, Email, "New login"));
        server.Pass(TimeSpan.FromHours(1));
        foreach (var browser in (string[])["Firefox/130.0", "Firefox/131.0", "Chrome/131.0.1"])
        {
            Assert.Equal(200, await LogIn(server, null, $"Mozilla/5.0 {browser}"));
            server.Pass(TimeSpan.FromHours(1));
        }

        Assert.Equal(4, await Count(server, Email, "New login"));
    }

    [Theory, EveryDatabase]
    public async Task Refused_charge_is_told_to_the_owner_whoever_waits_for_the_answer(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        await server.SetCard(ada, "tok_chargeCustomerFail");
        Assert.Equal(422, (await server.Buy(ada, "25.00")).Status);
        Assert.Equal(1, await Count(server, Email, "payment failed"));
    }

    private static async Task<int> LogIn(TestServer server, string? device, string agent) => (await server.Call(
        "POST /api/login", new { email = Email, password = SignUpSteps.Password, device },
        headers: [("User-Agent", agent)])).Status;

    private static async Task<int> Count(TestServer server, string to, string subject) =>
        (await server.ReadMail()).Count(mail =>
            mail.To == to && mail.Subject.Contains(subject, StringComparison.Ordinal));
}
