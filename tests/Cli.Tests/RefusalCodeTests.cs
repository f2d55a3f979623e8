using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

/// <summary>Most refusals have the status 422; the sentences of the wire decide what scripts are told.</summary>
public sealed class RefusalCodeTests
{
    [Theory]
    [InlineData(5, "", "A STANDARD account has no free databases. The smallest one has 0.6 GB.")]
    [InlineData(5, "", "This tier has no such thing.")]
    [InlineData(6, "ssh_key", "has reached the limit of 50")]
    [InlineData(6, "", "There are not enough credits.")]
    [InlineData(6, "", "Please set a payment method first.")]
    [InlineData(6, "stripe_token", "is required")]
    [InlineData(6, "stripe_token", "Whatever the provider says.")]
    [InlineData(6, "", "Your card was declined.")]
    [InlineData(6, "", "Your card's security code is incorrect.")]
    [InlineData(6, "", "An error occurred while processing your card. Try again in a little bit.")]
    [InlineData(6, "", "Your cap is $20.00 a month. With this a month would cost $30.00.")]
    [InlineData(6, "", "What runs already costs up to $10.00 a month. Scale it down first.")]
    [InlineData(7, "unique_name", "has already been taken")]
    [InlineData(7, "", "Multi-factor authentication is already activated.")]
    [InlineData(7, "", "Account is already upgraded.")]
    [InlineData(7, "", "The account is in this tier already.")]
    [InlineData(7, "", "This idempotency key was used for another request.")]
    [InlineData(1, "stripe_token", "is invalid")]
    [InlineData(1, "promo_code", "is invalid")]
    [InlineData(1, "email", "not yet confirmed.")]
    [InlineData(1, "", "Multi-factor authentication is not activated.")]
    public async Task Sentence_decides_the_exit_code(int exitCode, string field, string text)
    {
        await using var server = new LoopbackServer(_ => Reply.Refusal(422, field, text));
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(exitCode, (await machine.Run("account")).ExitCode);
    }

    [Theory]
    [InlineData(404, 1)]
    [InlineData(403, 5)]
    [InlineData(401, 4)]
    public async Task Other_statuses_speak_for_themselves(int status, int exitCode)
    {
        await using var server = new LoopbackServer(_ => Reply.Refusal(status, "name", "has already been taken"));
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(exitCode, (await machine.Run("account")).ExitCode);
    }
}
