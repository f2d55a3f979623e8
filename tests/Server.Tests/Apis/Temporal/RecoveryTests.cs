using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Temporal;

/// <summary>Proving an address and finding the way back in (wire 3.2, 4).</summary>
public sealed class RecoveryTests
{
    private const string Ada = "ada@example.org";
    private const string Invalid = """400 {"code":400,"response":"failed to validate email verification token"}""";
    private const string Verified = """200 {"code":200,"response":"email verified"}""";

    [Theory, EveryDatabase]
    public async Task Link_may_be_opened_again_until_it_expires(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        await Member.Register(server, "Ada", Ada);
        var token = (await server.ReadMail(Ada)).Token;
        Assert.Equal(Verified, (await server.Call($"GET /v2/account/email/verify/ada/{token}")).ToString());
        Assert.Equal(Verified, (await twin.Call($"GET /v2/account/email/verify/Ada/{token}")).ToString());
        Assert.Equal(Invalid, (await server.Call($"GET /v2/account/email/verify/bob/{token}")).ToString());
        server.Pass(TimeSpan.FromHours(24));
        Assert.Equal(Invalid, (await server.Call($"GET /v2/account/email/verify/Ada/{token}")).ToString());
    }

    [Theory, EveryDatabase]
    public async Task Link_of_somebody_else_changes_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Member.Register(server, "ada", Ada);
        await Member.Register(server, "bob", "bob@example.org");
        var token = (await server.ReadMail(Ada)).Token;
        var mismatch = await server.Call($"GET /v2/account/email/verify/bob/{token}");
        Assert.Equal(
            """400 {"code":400,"response":"username from claim does not match expected user of bob"}""",
            mismatch.ToString());
        var junk = new string('A', 43);
        foreach (var path in (string[])["ada/x", $"ada/{junk}", "%2F%2F/%00x", $"%20/{junk}"])
            Assert.Equal(400, (await server.Call($"GET /v2/account/email/verify/{path}")).Status);
        Assert.Equal(0, await server.Ask<Db, int>(db => db.Accounts.CountAsync(a => a.EmailConfirmedAt != null)));
        await server.StartSignUp("eve@example.org");
        var foreign = (await server.ReadMail("eve@example.org")).Token;
        Assert.Equal(400, (await server.Call($"GET /v2/account/email/verify/ada/{foreign}")).Status);
        server.Pass(TimeSpan.FromHours(24));
        Assert.Equal(Invalid, (await server.Call($"GET /v2/account/email/verify/ada/{token}")).ToString());
    }

    [Theory, EveryDatabase]
    public async Task Token_of_the_mail_works_on_the_page_and_with_its_code_as_well(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Member.Register(server, "ada", Ada);
        var code = (await server.ReadMail(Ada)).Code;
        Assert.Equal(200, (await server.Call("POST /api/users/confirm", new { email = Ada, code })).Status);
        Assert.Equal(200, (await Member.LogIn(server, Ada)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Forgetting_is_answered_alike_for_every_address(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Member.Join(server, "ada", Ada);
        await Member.Unconfirmed(server, "bob", "bob@example.org");
        foreach (var (what, expected) in new (string, string)[]
        {
            ("username", "username reminder sent account email"),
            ("password", "password reset, please check your email for a new password"),
        })
        {
            var shapes = new HashSet<string>();
            foreach (var email in (string[])[Ada, "bob@example.org", "nobody@example.org"])
            {
                var form = Member.Fields(("email_address", email));
                var answer = await server.Call($"POST /v2/forgot/{what}", form, from: $"198.51.100.{shapes.Count}");
                Assert.Equal($$"""200 {"code":200,"response":"{{expected}}"}""", answer.ToString());
                shapes.Add(string.Join(',', answer.Headers.Keys.Order()));
            }

            Assert.Single(shapes);
            var missing = await server.Call($"POST /v2/forgot/{what}");
            Assert.Equal("""400 {"code":400,"response":"email_address not present"}""", missing.ToString());
            var junk = await server.Call($"POST /v2/forgot/{what}", Member.Fields(("email_address", "junk")));
            Assert.Equal("""400 {"code":400,"response":"email_address has invalid format"}""", junk.ToString());
        }

        var mails = (await server.ReadMail()).Where(mail => mail.Subject.Contains("user name"));
        var reminder = Assert.Single(mails);
        Assert.Equal(Ada, reminder.To);
        Golden.Matches("Mail/UserNameMail.txt", reminder.Text);
    }

    [Theory, EveryDatabase]
    public async Task Forgotten_password_stays_until_the_link_was_used(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Join(server, "ada", Ada);
        await server.Call("POST /v2/forgot/password", Member.Fields(("email_address", Ada)));
        var mail = (await server.ReadMail()).First(mail => mail.Subject.Contains("Reset"));
        Assert.Equal(200, (await Member.LogIn(server, "ada", ada.Password)).Status);
        var reset = new { token = mail.Token, password = "some other horse" };
        Assert.Equal(200, (await server.Call("POST /api/users/reset_password", reset)).Status);
        Assert.Equal(200, (await Member.LogIn(server, "ada", "some other horse")).Status);
        Assert.Equal(401, (await Member.LogIn(server, "ada", ada.Password)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Wrong_old_password_fails_in_the_words_of_the_wire(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Join(server, "ada", Ada);
        const string Failed = "failed to change password";
        foreach (var (old, next, expected) in new (string, string, string)[]
        {
            ("", "", "old_password not present"),
            (ada.Password, "", "new_password not present"),
            ("not the password", "some other horse", Failed),
            ("not the password", "short", Failed),
            (ada.Password, "short", $"{Failed}: new_password should be at least 8 character(s)"),
            (ada.Password, Ada, $"{Failed}: new_password should not be your email address or username"),
        })
        {
            var form = Member.Fields(("old_password", old), ("new_password", next));
            var answer = await ada.Call("POST /v2/account/password/change", form);
            Assert.Equal($$"""400 {"code":400,"response":"{{expected}}"}""", answer.ToString());
        }

        Assert.Equal(200, (await Member.LogIn(server, "ada", ada.Password)).Status);
    }
}
