using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Starts;

public class MistakenStartTests
{
    private const string AnyPort = "http://127.0.0.1:0";

    [Fact]
    public async Task Outside_Development_mail_payments_and_address_must_be_set_on_purpose()
    {
        var outcome = await Serve(AnyPort, ("$DOTNET_ENVIRONMENT", "Production"));

        Assert.Equal(2, outcome.ExitCode);
        Says(outcome, "Mail:Smtp must be set", "Payments:Provider must be set", "PublicUrl must be set");
    }

    [Fact]
    public async Task Set_on_purpose_it_starts_outside_Development_and_has_no_tools_of_developers()
    {
        await using var server = await GatehouseServer.Start(
            settings:
            [
                ("$DOTNET_ENVIRONMENT", "Production"), ("Mail:Smtp", "local"), ("Payments:Provider", "sandbox"),
                ("PublicUrl", "https://accounts.example.com"),
            ]);
        var clock = await server.Http.PostJson("/dev/clock", new { advance = "1.00:00:00" });
        Assert.Equal(System.Net.HttpStatusCode.NotFound, clock.Status);
        var begun = await server.Http.PostJson("/api/signup", new { email = "ada@example.com" });
        Assert.DoesNotContain("mailbox_url", begun.Body.ToString(), StringComparison.Ordinal);
        var mail = await server.Mailbox.Next("ada@example.com");
        Assert.Equal("accounts.example.com", Person.LinkOf(mail).Host);
    }

    [Fact]
    public async Task Every_mistake_is_named_at_once()
    {
        var outcome = await Serve(
            AnyPort,
            ("$DOTNET_ENVIRONMENT", "Production"),
            ("MasterKey", "short"),
            ("PublicUrl", "accounts.example.com/?a"),
            ("Proxies:0", "everybody"),
            ("Mail:Smtp", "mail.example.com"),
            ("Mail:From", "no address @"),
            ("Payments:Provider", "paypal"),
            ("Accounts:PasswordMinimum", "4"),
            ("Brand:Color", "green"),
            ("Limits:CodeTries", "-1"),
            ("Mail:Smtpp", "local"));

        Assert.Equal(2, outcome.ExitCode);
        Says(
            outcome, "MasterKey", "PublicUrl", "Proxies", "Mail:Smtp is", "Mail:From", "Payments:Provider",
            "Accounts:PasswordMinimum", "Brand:Color", "Limits:CodeTries", "Mail:Smtpp is not a setting");
    }

    [Fact]
    public async Task A_word_where_a_number_belongs_is_named()
    {
        var outcome = await Serve(AnyPort, ("Limits:CodeTries", "five"));

        Assert.Equal(2, outcome.ExitCode);
        Says(outcome, "Limits:CodeTries");
    }

    [Fact]
    public async Task A_secret_with_a_mistake_is_not_repeated()
    {
        var outcome = await Serve(
            AnyPort, ("MasterKey", "hunter2"), ("Mail:Smtp", "http://ada:hunter2@mail.example.com"));

        Assert.Equal(2, outcome.ExitCode);
        Assert.DoesNotContain("hunter2", outcome.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named()
    {
        var outcome = await Serve(AnyPort, ("MasterKeyFile", "/nowhere/key"));

        Assert.Equal(2, outcome.ExitCode);
        Says(outcome, "MasterKeyFile");
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_written_is_named()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["file"], "", TestContext.Current.CancellationToken);
        var outcome = await Serve(AnyPort, ("DataDirectory", folder["file", "data"]));

        Assert.Equal(2, outcome.ExitCode);
        Says(outcome, "DataDirectory", folder["file", "data"]);
    }

    [Fact]
    public async Task A_port_in_use_is_told_in_a_sentence()
    {
        var first = await TestRun.Server();
        var outcome = await Serve(first.Url.ToString());

        Assert.Equal(1, outcome.ExitCode);
        Says(outcome, $"{first.Url.Port}");
        Assert.Contains("in use", outcome.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_told_in_a_sentence_without_its_password()
    {
        var outcome = await Serve(
            AnyPort, ("Database", "postgresql://gate:hunter2@127.0.0.1:1/gate"));

        Assert.NotEqual(0, outcome.ExitCode);
        Says(outcome, "Database");
        Assert.DoesNotContain("hunter2", outcome.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verb_that_does_not_exist_is_answered_with_those_that_do()
    {
        using var installation = await Installation.Create();
        var outcome = await installation.Run("srve");

        Assert.Equal(2, outcome.ExitCode);
        Says(outcome, "srve", "serve, migrate");
    }

    private static async Task<Outcome> Serve(string urls, params (string, string)[] settings)
    {
        using var installation = await Installation.Create(settings: settings);
        return await installation.Run("serve", "--urls", urls);
    }

    /// <summary>
    /// The words are on standard error, in sentences and not in a stack trace; nothing is on the other.
    /// </summary>
    private static void Says(Outcome outcome, params string[] words)
    {
        Assert.All(words, word => Assert.Contains(word, outcome.Stderr, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", outcome.Stderr, StringComparison.Ordinal);
        Assert.Empty(outcome.Stdout);
    }
}
