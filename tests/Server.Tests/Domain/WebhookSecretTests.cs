using System.Text.RegularExpressions;
using Gatehouse.Domain;
using Xunit;

namespace Gatehouse.Tests.Domain;

/// <summary>Signatures are those of Standard Webhooks.</summary>
public sealed partial class WebhookSecretTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long Seconds = 1614265330;
    private const string Body = """{"test": 2432232314}""";

    [Fact]
    public void Published_example_has_its_published_signature() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSecret.Sign([new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")], Id, Seconds, Body));

    [Fact]
    public void Two_secrets_give_both_signatures()
    {
        Secret[] secrets = [WebhookSecret.Generate(), WebhookSecret.Generate()];
        Assert.Equal(
            string.Join(' ', secrets.Select(secret => WebhookSecret.Sign([secret], Id, Seconds, Body))),
            WebhookSecret.Sign(secrets, Id, Seconds, Body));
    }

    [Fact]
    public void Signature_hangs_on_all_that_is_signed()
    {
        var secret = WebhookSecret.Generate();
        string[] signatures =
        [
            WebhookSecret.Sign([secret], Id, Seconds, Body), WebhookSecret.Sign([secret], Id + "x", Seconds, Body),
            WebhookSecret.Sign([secret], Id, Seconds + 1, Body), WebhookSecret.Sign([secret], Id, Seconds, Body + " "),
            WebhookSecret.Sign([WebhookSecret.Generate()], Id, Seconds, Body),
        ];
        Assert.Equal(signatures.Length, signatures.Distinct().Count());
    }

    [Fact]
    public void Secret_is_random_and_long_enough()
    {
        var secrets = Enumerable.Range(0, 100).Select(_ => WebhookSecret.Generate().Reveal()).ToList();
        Assert.Equal(100, secrets.Distinct().Count());
        Assert.All(secrets, secret => Assert.Matches(Form(), secret));
        Assert.All(secrets, secret => Assert.InRange(Convert.FromBase64String(secret[6..]).Length, 24, 64));
    }

    [GeneratedRegex("^whsec_[A-Za-z0-9+/]+=*$", RegexOptions.None, 1000)]
    private static partial Regex Form();
}
