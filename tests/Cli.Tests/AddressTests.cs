using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class AddressTests
{
    [Fact]
    public async Task Change_asks_for_password_then_address()
    {
        await using var server = LoopbackServer.Always("{}");
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.RunWith(["right", "next@example.com"], "account:email:set");

        Assert.Equal(new Ran(0, "", "Password: \nEmail: \n" + """
            A mail with a link to confirm is on its way to next@example.com.
            Nothing changes before that link is used; a mail to the current address has a link to revoke this.
            Afterwards log in with the new address: `gatehouse login`

            """), ran);
        var request = Assert.Single(server.Requests);
        Assert.Equal("POST /api/users/email", request.Line);
        Assert.Equal("""{"next_email":"next@example.com","current_password":"right"}""", request.Body);
        Assert.NotNull(request.Header("Authorization"));
    }

    [Fact]
    public async Task Flags_answer_everything()
    {
        await using var server = LoopbackServer.Always("{}");
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run("account:email:set", "-p", "right", "-e", "a@b.c", "-t", "123456", "--no-input");

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal("123456", Assert.Single(server.Requests).Field("mfa_token"));
    }

    [Theory]
    [InlineData(7, "next_email", "has already been taken", "Next email has already been taken.\n")]
    [InlineData(1, "current_password", "is incorrect", "Current password is incorrect.\n")]
    public async Task Refusal_is_told(int exitCode, string field, string text, string said)
    {
        await using var server = new LoopbackServer(_ => Reply.Refusal(422, field, text));
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(
            new Ran(exitCode, "", said),
            await machine.Run("account:email:set", "-p", "right", "-e", "next@example.com"));
    }

    [Theory]
    [InlineData("account:confirmation:resend")]
    [InlineData("send_email_confirmation_token")]
    public async Task Confirmation_is_sent_again_to_anybody(string command)
    {
        await using var server = LoopbackServer.Always("{}");
        using var machine = new Machine();

        var ran = await machine.RunWith(["ann@example.com"], command, "--host", server.Address);

        Assert.Equal(new Ran(0, "", "Email: \n" + """
            If ann@example.com waits to be confirmed, a new mail is on its way.
            Its code and link take the place of older ones.

            """), ran);
        var request = Assert.Single(server.Requests);
        Assert.Equal("PUT /api/users/reconfirm_email", request.Line);
        Assert.Equal("""{"email":"ann@example.com"}""", request.Body);
    }

    [Fact]
    public async Task Too_many_mails_are_a_limit()
    {
        await using var server = new LoopbackServer(_ => Reply.Refusal(429, "", "Too many attempts."));
        using var machine = new Machine();

        var ran = await machine.Run("account:confirmation:resend", "-e", "a@b.c", "--host", server.Address);

        Assert.Equal(new Ran(6, "", "Too many attempts.\n"), ran);
    }
}
