using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

/// <summary>An account that Google opens and no password: just Enter answers where one is asked for.</summary>
public sealed class NoPasswordTests
{
    private const string Account = """{"email":"ann@example.com","has_password":false}""";

    [Theory]
    [InlineData("account:email:set", "-e", "next@example.com")]
    [InlineData("account:password:change", "--new_password", "a new password")]
    [InlineData("account:api_key:reset", "--yes")]
    [InlineData("account:destroy", "-e", "ann@example.com", "--yes")]
    public async Task Fresh_login_is_proof_enough(params string[] words)
    {
        await using var server = Answering(Reply.Data("""{"key":"gate_2"}"""));
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.RunWith(["", ""], words);

        Assert.True(ran.ExitCode == 0, ran.ToString());
        Assert.DoesNotContain("current_password", server.Requests.Last().Body);
    }

    [Theory]
    [InlineData("account:api_keys:create", "ci")]
    public async Task Login_that_is_a_while_ago_is_done_with_google_again(params string[] words)
    {
        await using var server = Answering(Reply.Refusal(422, "", "please log in again to do this"));
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.RunWith(["", ""], words);

        Assert.Equal(4, ran.ExitCode);
        Assert.Contains("this account has no password", ran.Error);
        Assert.Contains("`gatehouse login:google`", ran.Error);
    }

    private static LoopbackServer Answering(Reply reply) => new(request => request switch
    {
        { Line: "GET /api/users" } => Reply.Data(Account),
        { Line: "GET /api/users/destroy" } => Reply.Data("""{"apps":[]}"""),
        _ => reply,
    });
}
