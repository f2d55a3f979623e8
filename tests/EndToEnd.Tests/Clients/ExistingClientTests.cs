using System.Text;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Clients;

public class ExistingClientTests
{
    private const string StaleKey = "gate_000000000000000000000000000000000000";

    [Theory, EveryDatabase]
    public async Task It_signs_up_step_by_step_and_reads_the_account_with_its_netrc(string database)
    {
        var server = await TestRun.Server(database);
        using var client = new ExistingClient(server.Url);
        var email = new Person().Email;

        var begun = await Succeeds(client, new { email });
        var uuid = begun.Data("uuid");
        var code = Person.CodeOf(await server.Mailbox.Next(email, "confirm"));
        await Succeeds(client, new { confirmation_code = code, uuid });
        await Succeeds(client, new { password = "p:a/s s%w+d", uuid });
        var done = await Succeeds(client, new { tier = "FREE", uuid });
        Assert.Equal(email, done.Data("email"));

        client.StoreLogin(done.Data("email"), done.Data("key"));
        var account = await client.Send("GET", "/api/users");
        Assert.Equal(200, account.Status);
        Assert.Equal(email, account.Data("email"));
        Assert.Equal("FREE", account.Data("tier"));
        Assert.Equal(done.Data("key"), account.Data("api_key"));
        Assert.Equal(0, account.Body!.Value.GetProperty("data").GetProperty("credit_cents").GetInt32());
        Assert.StartsWith("application/json", account.Headers["content-type"], StringComparison.Ordinal);
        Assert.DoesNotContain("set-cookie", account.Headers.Keys);
        Assert.DoesNotContain("x-latest-version", account.Headers.Keys);
    }

    [Theory]
    [InlineData("p:a/s s%w+d")]
    [InlineData("grün 密碼 🔑 pass")]
    [InlineData("100%41 sure &amp; <b>")]
    [InlineData(" blanks at both ends ")]
    public async Task Percent_encoded_credentials_log_in(string password)
    {
        var server = await TestRun.Server();
        var email = new Person().Email.Replace("person", "fo+o", StringComparison.Ordinal);
        var person = new Person(email) { Password = password };
        await person.SignUp(server);
        using var client = new ExistingClient(server.Url);

        var login = await client.LogIn(person.Email, password);
        Assert.Equal(200, login.Status);
        Assert.False(login.Redirected);
        Assert.StartsWith("fo%2Bo", Decoded(login.Sent["authorization"]), StringComparison.Ordinal);
        client.StoreLogin(person.Email, login.Data("key"));
        Assert.Equal(200, (await client.Send("GET", "/api/users")).Status);

        var refused = await client.LogIn(person.Email, password + "x");
        Assert.Equal(401, refused.Status);
        Assert.DoesNotContain("location", refused.Headers.Keys);
    }

    [Fact]
    public async Task Its_log_in_overrides_what_the_netrc_says()
    {
        var server = await TestRun.Server();
        var person = new Person();
        await person.SignUp(server);
        using var client = new ExistingClient(server.Url);
        client.StoreLogin(person.Email, StaleKey);

        Assert.Equal(401, (await client.Send("GET", "/api/users")).Status);
        Assert.Equal(200, (await client.LogIn(person.Email, person.Password)).Status);
    }

    [Fact]
    public async Task Credentials_of_the_past_are_no_obstacle_on_public_routes()
    {
        var server = await TestRun.Server();
        using var client = new ExistingClient(server.Url);
        var person = new Person();
        client.StoreLogin("somebody@example.com", StaleKey);

        var begun = await Succeeds(client, new { email = person.Email });
        Assert.StartsWith("Basic ", begun.Sent["authorization"], StringComparison.Ordinal);
        foreach (var (method, path, body) in PublicRoutes(person.Email))
        {
            var exchange = await client.Send(method, path, body);
            Assert.True(exchange.Status is 200 or 422, $"{method} {path}: {exchange.Status}");
        }
    }

    [Fact]
    public async Task A_POST_without_a_body_under_a_JSON_content_type_is_understood()
    {
        var server = await TestRun.Server();
        using var client = new ExistingClient(server.Url);
        var exchange = await client.Send("POST", "/api/signup");

        Assert.Equal("0", exchange.Sent["content-length"]);
        Assert.Equal("application/json", exchange.Sent["content-type"]);
        Assert.Equal(422, exchange.Status);
        Assert.True(exchange.Body!.Value.GetProperty("errors").TryGetProperty("email", out _));
    }

    [Fact]
    public async Task A_second_factor_that_is_missing_is_303_which_the_client_does_not_follow()
    {
        var server = await TestRun.Server();
        using var client = new ExistingClient(server.Url);
        var person = new Person();
        await person.SignUp(server);
        await SecondFactor.TurnOn(server, person);

        var login = await client.LogIn(person.Email, person.Password);
        Assert.Equal(303, login.Status);
        Assert.False(login.Redirected);
        Assert.DoesNotContain("location", login.Headers.Keys);
        Assert.True(login.Body!.Value.GetProperty("errors").TryGetProperty("mfa_token", out _));
    }

    [Fact]
    public async Task What_is_not_there_is_told_in_the_envelope()
    {
        var server = await TestRun.Server();
        using var client = new ExistingClient(server.Url);
        var exchange = await client.Send("GET", "/api/no/such/thing");

        Assert.Equal(404, exchange.Status);
        Assert.True(exchange.Body!.Value.GetProperty("errors").TryGetProperty("", out _));
    }

    private static IEnumerable<(string Method, string Path, object? Body)> PublicRoutes(string email) =>
    [
        ("POST", "/api/users/confirm", new { token = "unknown" }),
        ("POST", "/api/users/email/confirm", new { token = "unknown" }),
        ("POST", "/api/users/email/revoke", new { token = "unknown" }),
        ("PUT", "/api/users/reset_password", new { email }),
        ("POST", "/api/users/reset_password", new { token = "unknown", password = "long enough 12" }),
        ("PUT", "/api/users/reconfirm_email", new { email }),
        ("GET", $"/api/validate_email?email={Uri.EscapeDataString(email)}", null),
        ("POST", "/api/free_users", new { email, password = "correct horse 7 battery" }),
    ];

    private static async Task<Exchange> Succeeds(ExistingClient client, object step)
    {
        var exchange = await client.Send("POST", "/api/signup", step);
        Assert.True(exchange.Status == 200, $"{exchange.Status} {exchange.Body}");
        return exchange;
    }

    private static string Decoded(string header) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(header["Basic ".Length..]));
}
