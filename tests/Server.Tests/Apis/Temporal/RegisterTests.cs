using System.Text.RegularExpressions;
using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Temporal;

/// <summary>Registering (wire 3.1): texts in their order, names, passwords, and what is not told.</summary>
public sealed partial class RegisterTests
{
    private const string Ada = "ada@example.org";
    private const string NoPlus = "emails must not contain + signs, this is to prevent abuse of catch all routing";

    private static readonly (string, string)[] Unlimited =
        [("Limits:SignUpsPerAddress", "0"), ("Limits:SignUpsPerEmail", "0")];

    [Theory, EveryDatabase]
    public async Task Texts_come_in_the_order_of_the_wire(Engine engine)
    {
        await using var server = await TestServer.Start(engine, Unlimited);
        await Member.Register(server, "taken", "taken@example.org");
        const string Failed = "failed to create user account: ";
        foreach (var (name, password, email, expected) in new (string, string, string, string)[]
        {
            ("", "", "", "username not present"),
            ("a", "", "", "password not present"),
            ("a", "p", "", "email_address not present"),
            ("a@b", "p", "a+b@example.org", NoPlus),
            ("a@b", "p", "junk", "usernames cant contain @ sign"),
            ("taken", "long enough", "junk", Failed + "email_address has invalid format"),
            ("a b", "long enough", Ada, Failed + "username has invalid format"),
            ("a/b", "long enough", Ada, Failed + "username has invalid format"),
            ("..", "long enough", Ada, Failed + "username has invalid format"),
            ("a\u200Bb", "long enough", Ada, Failed + "username has invalid format"),
            ("a\uFF20b", "long enough", Ada, Failed + "username has invalid format"),
            (new('a', 65), "long enough", Ada, Failed + "username has invalid format"),
            ("a", "short", Ada, Failed + "password should be at least 8 character(s)"),
            ("a", "password", Ada, Failed + "password is too common"),
            ("long-user-name", "Long-User-Name", Ada,
                Failed + "password should not be your email address or username"),
            ("a", new('x', 1025), Ada, Failed + "password should be at most 1024 byte(s)"),
            ("taken", "long enough", Ada, "username is already taken"),
            ("TAKEN", "long enough", Ada, "username is already taken"),
        })
        {
            var answer = await Member.Register(server, name, email, password);
            Assert.Equal($$"""400 {"code":400,"response":"{{expected}}"}""", answer.ToString());
        }
    }

    [Theory, EveryDatabase]
    public async Task Name_is_kept_as_it_is_spelled(Engine engine)
    {
        await using var server = await TestServer.Start(engine, Unlimited);
        foreach (var name in (string[])["Ada", "<b>&amp;", "O'Neill", "%41", "日本語", new('z', 64), "a.b", "#?;="])
        {
            var email = $"{Guid.CreateVersion7(TestServer.Beginning):N}@example.org";
            var answer = await Member.Register(server, name, email);
            Assert.Equal(name, answer.Response().GetProperty("UserName").GetString());
            var login = await Member.LogIn(server, name);
            Assert.Equal(name, $"{Forge.Of(login.Text("token")).Claims["id"]}");
        }

        Assert.Equal(200, (await Member.LogIn(server, "ADA")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Passwords_are_taken_as_they_are(Engine engine)
    {
        await using var server = await TestServer.Start(engine, Unlimited);
        var i = 0;
        foreach (var password in (string[])["<b>bold</b> & \"'", "a &amp; b &lt;", " blank at both ends ",
            "p+l%us%20=&;", "pässwörtchen", "tab\tand\nline"])
        {
            var name = $"user-{i++}";
            var ada = await Member.Unconfirmed(server, name, $"{name}@example.org", password);
            var change = Member.Fields(("old_password", password), ("new_password", $"<i>{password}</i>"));
            Assert.Equal(200, (await ada.Call("POST /v2/account/password/change", change)).Status);
            Assert.Equal(200, (await Member.LogIn(server, name, $"<i>{password}</i>")).Status);
            Assert.Equal(401, (await Member.LogIn(server, name, password.Trim())).Status);
        }
    }

    [Theory, EveryDatabase]
    public async Task Taken_address_cannot_be_told_from_a_free_one_also_not_by_logging_in(Engine engine)
    {
        await using var server = await TestServer.Start(engine, Unlimited);
        var owner = await Member.Join(server, "owner", Ada);
        var taken = await Member.Register(server, "one", Ada, from: "198.51.100.7");
        var free = await Member.Register(server, "two", "bob@example.org", from: "198.51.100.7");
        Assert.Equal(Plain(free), Plain(taken));
        foreach (var what in (string[])["GET /v2/account/credits/available", "GET /v2/account/usage",
            "POST /v2/account/upgrade", "GET /v2/account/token/username"])
        {
            var one = await server.Call(what, authorization: $"Bearer {await Member.TokenOf(server, "one")}");
            var two = await server.Call(what, authorization: $"Bearer {await Member.TokenOf(server, "two")}");
            Assert.Equal(Plain(two), Plain(one));
        }

        Assert.Equal(
            Plain(await Member.LogIn(server, "bob@example.org")),
            Plain(await Member.LogIn(server, Ada, "not the one")));
        var mails = await server.ReadMail();
        Assert.Contains(mails, mail => mail.To == Ada && mail.Subject.Contains("already have"));
        Assert.Equal("", mails.First(mail => mail.To == Ada).Token);
        Assert.Equal(200, (await Member.LogIn(server, Ada, owner.Password)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Mail_says_the_user_name_and_links_to_a_page(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Member.Register(server, "postables-demo", Ada);
        var mail = await server.ReadMail(Ada);
        Assert.Contains("postables-demo", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"{TestServer.PublicUrl}/confirm?token=", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/v2/", mail.Text, StringComparison.Ordinal);
        Golden.Matches("Mail/ConfirmAddressMail.v2.txt", mail.Text
            .Replace(mail.Token, "(token)", StringComparison.Ordinal)
            .Replace(mail.Code, "(code)", StringComparison.Ordinal));
    }

    [Costly, Theory, EveryDatabase]
    public async Task Many_at_once_get_one_name_once(Engine engine)
    {
        (string, string)[] settings = [.. Unlimited, ("Limits:V2RequestsPerAddress", "0"),
            ("Accounts:Hashing:Queue", "1000"), ("Accounts:Hashing:Patience", "00:05:00")];
        await using var server = await TestServer.Start(engine, settings);
        await using var twin = await server.StartTwin(settings);
        for (var round = 0; round < Soak.Times(1, 200); round++)
        {
            var name = $"name-{round}";
            var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Member.Register(
                i % 2 == 0 ? server : twin, i % 3 == 0 ? name : name.ToUpperInvariant(), $"u{i}-{round}@example.org")));
            Assert.Single(answers, answer => answer.Status == 200);
            Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Equal(
                """{"code":400,"response":"username is already taken"}""", answer.Body));
            Assert.Equal(1, await server.Ask<Db, int>(
                db => db.Accounts.CountAsync(account => account.UserNameCanonical == name)));
        }
    }

    [Theory, EveryDatabase]
    public async Task Names_cannot_be_tried_without_end(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Member.Register(server, "taken", Ada, from: "203.0.113.1");
        var answers = new List<Answer>();
        for (var i = 0; i < 11; i++)
            answers.Add(await Member.Register(server, "taken", $"u{i}@example.org", from: "203.0.113.66"));
        Assert.Equal(10, answers.Count(answer => answer.Status == 400));
        Assert.Equal("""429 {"code":429,"response":"Limit exceeded"}""", answers[^1].ToString());
        Assert.NotEqual(0, answers[^1].RetryAfter);
    }

    /// <summary>An answer without what is different by its nature: names, numbers, what is left of the limit.</summary>
    private static string Plain(Answer answer) => Differing().Replace(answer.Shape, "(…)");

    [GeneratedRegex("\"ID\":[0-9]+|Remaining: [0-9]+|\"(one|two)\"|(ada|bob)@example.org",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Differing();
}
