using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Gatehouse.Tests.Platform;

/// <summary>A start names every mistake in its settings, and makes up for none of them.</summary>
public sealed class SettingsTests
{
    private static readonly (string Name, string Value)[] Good =
        [("Mail:Smtp", "local"), ("Payments:Provider", "sandbox"), ("PublicUrl", "https://accounts.example.org")];

    private static readonly (string Name, string Value)[] Stripe =
    [
        ("Payments:Provider", "stripe"), ("Payments:Stripe:SecretKey", "sk_test_51Fq8hTzKw0RbNcVdGpXy"),
        ("Payments:Stripe:PublishableKey", "pk_test_51Fq8hTzKw0RbNcVdGpXy"),
        ("Payments:Stripe:WebhookSecret", "whsec_Jm2XsLq9TvBn4RkWdFh7Gc3P"),
    ];

    [Fact]
    public void Good_settings_have_no_mistake() => Assert.Empty(MistakesIn(Good));

    [Fact]
    public void Nothing_set_is_enough_in_Development() => Assert.Empty(Read(development: true).Mistakes);

    [Fact]
    public void What_must_be_set_on_purpose_is_named() => Assert.Equal(
        ["Mail:Smtp", "Payments:Provider", "PublicUrl"],
        Read(development: false).Mistakes.Select(mistake => mistake.Split(' ')[0]));

    [Theory]
    [InlineData("MasterKey", "secret")]
    [InlineData("MasterKey", "c2hvcnQ=")]
    [InlineData("MasterKey", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("MasterKey", "MDEyMzAxMjMwMTIzMDEyMzAxMjMwMTIzMDEyMzAxMjM=")]
    [InlineData("PublicUrl", "accounts.example.org")]
    [InlineData("PublicUrl", "ftp://accounts.example.org")]
    [InlineData("PublicUrl", "https://accounts.example.org/")]
    [InlineData("PublicUrl", "https://accounts.example.org/?a=b")]
    [InlineData("PublicUrl", "https://user@accounts.example.org")]
    [InlineData("Proxies", "proxy.example.org", ":0")]
    [InlineData("Proxies", "10.0.0.0/99", ":0")]
    [InlineData("Mail:Smtp", "mail.example.org")]
    [InlineData("Mail:Smtp", "https://mail.example.org")]
    [InlineData("Mail:From", "")]
    [InlineData("Accounts:PasswordMinimum", "7")]
    [InlineData("Accounts:PasswordMinimum", "257")]
    [InlineData("Accounts:Hashing", "8192", ":MemoryKiB")]
    [InlineData("Accounts:Hashing", "1", ":Passes")]
    [InlineData("Accounts:Hashing", "0", ":Passes")]
    [InlineData("Accounts:Hashing", "-1", ":Queue")]
    [InlineData("Accounts:Hashing", "00:00:00", ":Patience")]
    [InlineData("Payments:Provider", "paypal")]
    [InlineData("Brand:Color", "green")]
    [InlineData("Limits:CodeTries", "-1")]
    [InlineData("Limits:CodeTries", "many")]
    [InlineData("Limits:CodeTrys", "5")]
    [InlineData("Nonsense", "5")]
    public void Mistake_is_named_by_its_setting(string name, string value, string rest = "")
    {
        var mistakes = MistakesIn([.. Good, (name + rest, value)]);
        Assert.Contains(mistakes, mistake => mistake.Contains(name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SecretKey", "")]
    [InlineData("SecretKey", "   ")]
    [InlineData("SecretKey", "sk_test_")]
    [InlineData("SecretKey", "pk_test_51Fq8hTzKw0RbNcVdGpXy")]
    [InlineData("SecretKey", "sk_test_4eC39HqLyjWDarjtT1zdp7dc")]
    [InlineData("SecretKey", "sk_test_xxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("SecretKey", "sk_test_your_secret_key_of_stripe")]
    [InlineData("WebhookSecret", "")]
    [InlineData("WebhookSecret", "   ")]
    [InlineData("WebhookSecret", "secret")]
    [InlineData("WebhookSecret", "whsec_")]
    [InlineData("WebhookSecret", "whsec_test_secret")]
    [InlineData("WebhookSecret", "whsec_00000000000000000000000000000000")]
    [InlineData("WebhookSecret", "whsec_default_secret_change_this_one")]
    [InlineData("PublishableKey", "sk_test_51Fq8hTzKw0RbNcVdGpXy")]
    [InlineData("PublishableKey", "pk_live_51Fq8hTzKw0RbNcVdGpXy")]
    [InlineData("ApiBase", "http://stripe.example.org")]
    [InlineData("ApiBase", "https://stripe.example.org/v1")]
    [InlineData("ApiBase", "https://stripe.example.org/")]
    [InlineData("ApiBase", "stripe.example.org")]
    public void Stripe_without_good_secrets_does_not_start(string name, string value)
    {
        var mistakes = MistakesIn([.. Good, .. Stripe, ($"Payments:Stripe:{name}", value)]);
        var mistake = Assert.Single(mistakes);
        Assert.StartsWith($"Payments:Stripe:{name} ", mistake, StringComparison.Ordinal);
        if (value.Length > 12) Assert.DoesNotContain(value, mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Stripe_with_good_secrets_starts()
    {
        Assert.Empty(MistakesIn([.. Good, .. Stripe]));
        Assert.Equal(2, MistakesIn([.. Good, ("Payments:Provider", "stripe")]).Count);
    }

    [Fact]
    public void All_mistakes_are_named_at_once()
    {
        var mistakes = MistakesIn(
            ("PublicUrl", "x"), ("Accounts:PasswordMinimum", "1"), ("Accounts:Hashing:Passes", "1"),
            ("Brand:Color", "x"), ("Limits:CodeTries", "-1"), ("Limit:CodeTries", "5"));
        Assert.Equal(8, mistakes.Count);
    }

    [Theory]
    [InlineData("47104", "1", true)]
    [InlineData("47103", "1", false)]
    [InlineData("19456", "2", true)]
    [InlineData("19455", "2", false)]
    [InlineData("12288", "3", true)]
    [InlineData("9216", "4", true)]
    [InlineData("7168", "5", true)]
    [InlineData("7167", "5", false)]
    [InlineData("7167", "50", false)]
    [InlineData("65536", "3", true)]
    public void Hashing_is_at_least_what_OWASP_recommends(string memory, string passes, bool accepted) => Assert.Equal(
        accepted,
        MistakesIn([.. Good, ("Accounts:Hashing:MemoryKiB", memory), ("Accounts:Hashing:Passes", passes)]).Count == 0);

    [Theory]
    [InlineData("MasterKey")]
    [InlineData("Database")]
    [InlineData("Mail:Smtp")]
    public void Secret_may_stand_in_a_file(string name)
    {
        var file = Path.GetTempFileName();
        var text = name switch { "MasterKey" => MasterKey.Generate().Reveal(), "Database" => "sqlite", _ => "local" };
        File.WriteAllText(file, text + "\n");
        var (settings, mistakes) = Read(development: true, (name + "File", file));
        File.Delete(file);
        Assert.Empty(mistakes);
        Secret?[] read = [settings.MasterKey, settings.Database, settings.Mail.Smtp];
        Assert.Contains(text, read.Select(secret => secret?.Reveal()));
    }

    [Fact]
    public void File_that_is_not_there_is_named() =>
        Assert.Contains(MistakesIn([.. Good, ("MasterKeyFile", "/nowhere/master.key")]), mistake =>
            mistake.StartsWith("MasterKeyFile cannot be read", StringComparison.Ordinal));

    [Fact]
    public void Printed_settings_show_no_secret()
    {
        var (settings, _) = Read(
            development: true, ("Mail:Smtp", "smtp://u:canary@h"), ("Database", "Password=canary"));
        Assert.DoesNotContain("canary", settings.ToString(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> MistakesIn(params (string Name, string Value)[] settings) =>
        Read(development: false, settings).Mistakes;

    private static (Settings Settings, IReadOnlyList<string> Mistakes) Read(
        bool development, params (string Name, string Value)[] settings)
    {
        var values = settings.GroupBy(setting => setting.Name)
            .Select(group => KeyValuePair.Create($"Gatehouse:{group.Key}", (string?)group.Last().Value));
        return SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), development);
    }
}
