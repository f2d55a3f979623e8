using Gatehouse.Tests.Apis.Temporal;
using Gatehouse.Tests.Harness;
using Gatehouse.Tests.WebConsole;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>The last wall against patient guessing: a hundred wrong passwords in a row, however slowly (T37).</summary>
public sealed class PasswordLockTests
{
    private const string Email = "ada@example.org";
    private const string Stranger = "eve@example.org";
    private const string Home = "203.0.113.7";
    private const string Next = "another horse battery";
    private const string Locked = "Too many wrong passwords were tried. Please reset your password.";

    [Costly, Theory, EveryDatabase]
    public async Task Hundred_wrong_passwords_in_a_month_lock_the_password_until_it_is_reset(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email, from: Home);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal((i, 401), (i, await Guess(server, i)));
            if (i % 10 == 9) server.Pass(TimeSpan.FromDays(3));
        }

        Assert.Equal(429, await Guess(server, 100));
        foreach (var place in (string[])[Home, "192.0.2.1"])
        {
            var refused = await server.LogIn(Email, ada.Password, place);
            Assert.Equal((429, $$$"""{"errors":{"":["{{{Locked}}}"]}}"""), (refused.Status, refused.Body));
        }

        var token = await Member.LogIn(server, ada.UserName, ada.Password);
        Assert.Equal(429, token.Status);
        Assert.Contains("please reset your password", token.Body, Ordinal);
        var browser = new Visitor(server);
        var page = await browser.SendTo(
            "/login", await browser.Open("/login"), ("name", Email), ("password", ada.Password));
        Assert.Contains(Locked, page.Body, Ordinal);
        var change = new { current_password = ada.Password, new_password = Next };
        Assert.Contains(Locked, (await server.CallAs(ada, "PATCH /api/users/change_password", change)).Body, Ordinal);
        var mails = (await server.ReadMail()).Where(mail => mail.Subject.Contains("was locked", Ordinal)).ToList();
        Assert.Equal([Email], mails.Select(mail => mail.To));
        await server.Call("PUT /api/users/reset_password", new { email = Email });
        var reset = (await server.ReadMail(Email, "Reset")).Token;
        await server.Call("POST /api/users/reset_password", new { token = reset, password = Next });
        Assert.Equal(200, (await server.LogIn(Email, Next, Home)).Status);
    }

    /// <summary>A wrong password for somebody and for nobody, which nobody can tell apart.</summary>
    private static async Task<int> Guess(TestServer server, int number)
    {
        var known = await server.LogIn(Email, "a wrong password", $"198.51.{number}.1");
        Assert.Equal(known.Shape, (await server.LogIn(Stranger, "a wrong password", $"198.51.{number}.1")).Shape);
        return known.Status;
    }
}
