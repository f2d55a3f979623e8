using System.CommandLine;
using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class CommandTreeTests : IDisposable
{
    private readonly Machine machine = new();

    public static TheoryData<string> Names => [.. CommandTree.All.Select(entry => entry.Name)];

    public void Dispose() => machine.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_command_has_help(string name)
    {
        var expected = await machine.Run("help", name);

        Assert.Equal(0, expected.ExitCode);
        Assert.Equal("", expected.Error);
        Assert.Contains($"\n  gatehouse {name}", expected.Output);
        Assert.Equal(expected, await machine.Run(name, "--help"));
        Assert.Equal(expected, await machine.Run([.. name.Split(':'), "-h"]));
        Assert.Equal(expected, await machine.Run(["help", .. name.Split(':')]));
        Assert.All(expected.Output.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_command_refuses_what_it_does_not_know(string name)
    {
        var ran = await machine.Run(name, "--no-such-flag");

        Assert.Equal(2, ran.ExitCode);
        Assert.Equal("", ran.Output);
        Assert.Contains("`gatehouse help", ran.Error);
    }

    [Fact]
    public void Names_and_aliases_are_unique()
    {
        var spellings = CommandTree.All.SelectMany(entry => entry.Aliases.Append(entry.Name)).ToArray();

        Assert.Equal(spellings.Length, spellings.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("account:mfa:activate", "-y")]
    [InlineData("account", "mfa", "activate", "-y")]
    [InlineData("account", "mfa", "--json", "activate", "--yes")]
    [InlineData("--no-input", "account", "mfa", "activate", "--yes", "--host", "https://example.com")]
    [InlineData("activate_mfa", "-y")]
    public void Colons_and_spaces_lead_to_the_same_command(params string[] words)
    {
        var (parsed, options) = ParseSample(words);

        Assert.Empty(parsed.Errors);
        var verb = Assert.IsType<Verb>(parsed.CommandResult.Command);
        Assert.Equal("account:mfa:activate", verb.Entry.Name);
        Assert.True(parsed.GetValue<bool>("--yes"));
        Assert.Equal(words.Contains("--json"), parsed.GetValue(options.Json));
        Assert.Equal(words.Contains("--no-input"), parsed.GetValue(options.NoInput));
    }

    [Theory]
    [InlineData("account")]
    [InlineData("account", "--json")]
    public void Command_with_commands_under_it_runs_itself(params string[] words)
    {
        var (parsed, _) = ParseSample(words);

        Assert.Empty(parsed.Errors);
        Assert.Equal("account", Assert.IsType<Verb>(parsed.CommandResult.Command).Entry.Name);
    }

    [Theory]
    [InlineData("account", "mfa")]
    [InlineData("activate")]
    [InlineData("mfa")]
    [InlineData("account:mfa")]
    public void Part_of_a_name_is_no_command(params string[] words) =>
        Assert.NotEmpty(ParseSample(words).Parsed.Errors);

    [Theory]
    [InlineData("--host", "https://no.invalid", "version")]
    [InlineData("version", "--host", "https://no.invalid")]
    [InlineData("--json", "version", "--no-input")]
    public async Task Options_of_every_command_stand_anywhere(params string[] words) =>
        Assert.Equal(0, (await machine.Run(words)).ExitCode);

    [Theory]
    [InlineData("There is no command `logn`. Did you mean `login`?", "logn")]
    [InlineData("There is no command `xyzzy`.\n", "xyzzy")]
    [InlineData("Required argument missing for option: '--email'.", "login", "--email")]
    public async Task Mistake_is_a_usage_error(string message, params string[] words)
    {
        var ran = await machine.Run(words);

        Assert.Equal(2, ran.ExitCode);
        Assert.Equal("", ran.Output);
        Assert.StartsWith(message, ran.Error);
    }

    [Fact]
    public async Task Password_may_begin_with_an_at_sign()
    {
        await using var server = LoopbackServer.Always("""{"key":"gate_1","email":"ann@example.com"}""");

        await machine.Run("login", "-e", "a", "-p", "@file", "--host", server.Address);

        Assert.Equal("@file", Assert.Single(server.Requests).Field("password"));
    }

    [Fact]
    public async Task No_words_show_every_command()
    {
        var ran = await machine.Run();

        Assert.Equal(0, ran.ExitCode);
        Assert.All(CommandTree.All, entry => Assert.Contains($"  {entry.Name} ", ran.Output));
    }

    private static (ParseResult Parsed, GlobalOptions Options) ParseSample(string[] words)
    {
        var options = new GlobalOptions();
        CommandEntry[] entries =
        [
            new("account:mfa:activate", "Sample", verb => verb.Flag("--yes", "Sample", "-y"), "activate_mfa"),
            new("account", "Sample", verb => verb.Runs(_ => Task.CompletedTask)),
        ];
        var root = CommandTree.Build(entries, options, (_, _) => throw new InvalidOperationException());
        return (root.Parse(words), options);
    }
}
