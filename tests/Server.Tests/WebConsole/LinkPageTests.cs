using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.WebConsole;

/// <summary>The pages that our mails open: looking changes nothing, the button acts, once (contract 4).</summary>
public sealed class LinkPageTests
{
    private const int Looks = 20;
    private const string NewPassword = "a much better one 7";

    private static readonly (string Name, string Value) Typed = ("password", NewPassword);

    /// <summary>Every page with a way to get its token.</summary>
    private static readonly Dictionary<string, Func<TestServer, Customer, Task<string>>> Tokens = new()
    {
        ["/confirm"] = async (server, _) =>
        {
            await server.StartSignUp("new@example.org");
            return (await server.ReadMail("new@example.org")).Token;
        },
        ["/password/set"] = async (server, ada) =>
        {
            await server.Call("PUT /api/users/reset_password", new { email = ada.Email });
            return (await server.ReadMail(ada.Email)).Token;
        },
        ["/email/confirm"] = async (server, ada) => (await ChangeAddress(server, ada)).Confirm,
        ["/email/revoke"] = async (server, ada) => (await ChangeAddress(server, ada)).Revoke,
        ["/account/undo"] = async (server, ada) =>
        {
            var close = new { email = ada.Email, current_password = ada.Password };
            Assert.Equal(200, (await server.Call("DELETE /api/users/destroy", close, null, ada.Basic)).Status);
            return (await server.ReadMail(ada.Email)).Token;
        },
    };

    public static TheoryData<string> Pages => [.. Tokens.Keys];

    [Theory, MemberData(nameof(Pages))]
    public async Task Looking_changes_nothing_and_the_button_acts_once(string path)
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (visitor, token) = (new Visitor(server), await Tokens[path](server, await server.SignUp()));
        for (var i = 0; i < Looks; i++)
        {
            Assert.Equal(200, (await visitor.Open($"{path}?token={token}")).Status);
            Assert.Equal(200, (await visitor.Open($"{path}?token={token}", "HEAD")).Status);
        }

        var page = await visitor.Open($"{path}?token={token}");
        var done = await visitor.Send(page, Typed);
        Assert.Equal(303, done.Status);
        Assert.StartsWith("/", done.Headers["Location"], StringComparison.Ordinal);
        Assert.DoesNotContain(token, done.Headers["Location"], StringComparison.Ordinal);
        Assert.Equal(200, (await visitor.Open(done.Headers["Location"])).Status);
        Assert.Equal(422, (await visitor.Send(page, Typed)).Status);
        Assert.Equal(410, (await visitor.Open($"{path}?token={token}")).Status);
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task Form_from_elsewhere_is_refused_and_changes_nothing(string path)
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (visitor, token) = (new Visitor(server), await Tokens[path](server, await server.SignUp()));
        var forged = await visitor.Post(path, ("token", token), Typed, ("_handler", "set"));
        Assert.Equal(400, forged.Status);
        Assert.Equal(200, (await visitor.Open($"{path}?token={token}")).Status);
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task Token_that_is_missing_junk_over_or_of_another_page_opens_nothing(string path)
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (visitor, token) = (new Visitor(server), await Tokens[path](server, await server.SignUp()));
        var others = Tokens.Keys.Where(other => other != path).Select(other => $"{other}?token={token}");
        foreach (var dead in others.Append(path).Append($"{path}?token=").Append($"{path}?token=junk"))
            Assert.Equal((dead, 410), (dead, (await visitor.Open(dead)).Status));
        var page = await visitor.Open($"{path}?token={token}");
        server.Pass(TimeSpan.FromDays(15));
        Assert.Equal(410, (await visitor.Open($"{path}?token={token}")).Status);
        Assert.Equal(422, (await visitor.Send(page, Typed)).Status);
    }

    [Fact]
    public async Task Password_that_is_refused_leaves_the_link_and_says_why_beside_the_field()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var ada = await server.SignUp();
        var (visitor, token) = (new Visitor(server), await Tokens["/password/set"](server, ada));
        var refused = await visitor.Send(
            await visitor.Open($"/password/set?token={token}"), ("password", "short"), ("keep_api_keys", "true"));
        Assert.Equal(422, refused.Status);
        Assert.Contains("aria-describedby=\"password-why password-hint\"", refused.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("short\"", refused.Body, StringComparison.Ordinal);
        Assert.Equal(303, (await visitor.Send(refused, Typed, ("keep_api_keys", "true"))).Status);
        Assert.Equal(200, await server.StatusOfKey(ada.Email, ada.Key));
        Assert.Equal(200, (await server.LogIn(ada.Email, NewPassword)).Status);
    }

    [Fact]
    public async Task Next_address_learns_nothing_of_the_account()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var ada = await server.SignUp();
        var token = await Tokens["/email/confirm"](server, ada);
        var page = await new Visitor(server).Open($"/email/confirm?token={token}");
        Assert.Contains("next@example.org", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(ada.Email, page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(ada.UserName, page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_that_was_taken_meanwhile_is_told_to_the_one_who_proved_it()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var token = await Tokens["/email/confirm"](server, await server.SignUp());
        await server.SignUp("next@example.org");
        var visitor = new Visitor(server);
        var taken = await visitor.Send(await visitor.Open($"/email/confirm?token={token}"));
        Assert.Equal(422, taken.Status);
        Assert.Contains("Another account has this address", taken.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/password/reset")]
    [InlineData("/confirmation/resend")]
    public async Task Every_address_gets_the_same_answer(string path)
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        await server.SignUp();
        await server.StartSignUp("waiting@example.org");
        var visitor = new Visitor(server);
        var page = await visitor.Open(path);
        List<string> shapes = [];
        foreach (var email in (string[])["ada@example.org", "waiting@example.org", "nobody@example.org"])
            shapes.Add(Visitor.ShapeOf(await visitor.Send(page, ("email", email)), email));
        Assert.StartsWith("303", Assert.Single(shapes.Distinct()), StringComparison.Ordinal);
        Assert.Equal(422, (await visitor.Send(page, ("email", "nobody"))).Status);
    }

    [Fact]
    public async Task Mailbox_is_not_there_outside_of_Development()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        Assert.Equal(404, (await new Visitor(server).Open("/dev/mail")).Status);
    }

    private static async Task<(string Confirm, string Revoke)> ChangeAddress(TestServer server, Customer customer)
    {
        var change = new { next_email = "next@example.org", current_password = customer.Password };
        Assert.Equal(200, (await server.Call("POST /api/users/email", change, null, customer.Basic)).Status);
        var confirm = await server.ReadMail("next@example.org");
        return (confirm.Token, (await server.ReadMail(customer.Email)).Token);
    }
}
