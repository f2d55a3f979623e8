using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class HelpTests : IDisposable
{
    private readonly Machine machine = new();

    public void Dispose() => machine.Dispose();

    [Fact]
    public async Task Exit_codes_are_listed()
    {
        Assert.Equal(new Ran(0, """
            Exit codes
              0   Done
              1   Error
              2   Wrong usage, or an answer is missing
              3   Cancelled or declined by you
              4   Not logged in, or log-in refused
              5   Forbidden, or not in this tier
              6   Limit reached or payment needed
              7   Conflict
              8   Network

            """, ""), await machine.Run("help", "exit-codes"));
    }

    [Theory]
    [InlineData("version")]
    [InlineData("version", "--json")]
    public async Task Version_is_bare(params string[] words)
    {
        var ran = await machine.Run(words);

        Assert.Equal(0, ran.ExitCode);
        Assert.Matches(@"\A\d+\.\d+\.\d+\n\z", ran.Output);
    }

    [Fact]
    public async Task Program_is_called_as_it_was_called()
    {
        machine.Set("GATEHOUSE_CALLED_AS", "/opt/bin/gigalixir");

        Assert.Contains("\n  gigalixir login [options]\n", (await machine.Run("help", "login")).Output);
    }

    [Theory]
    [InlineData(null, "/opt/gigalixir", "gigalixir")]
    [InlineData(null, "/opt/gatehouse-cli", "gatehouse")]
    [InlineData("", "/opt/gatehouse-cli.dll", "gatehouse")]
    [InlineData("brand", "/opt/gatehouse-cli", "brand")]
    [InlineData("./bin/brand.exe", "", "brand")]
    public void Name_is_that_of_the_launcher_else_of_the_file(string? calledAs, string path, string name)
    {
        var surroundings = new Surroundings(variable => variable == "GATEHOUSE_CALLED_AS" ? calledAs : null, path);

        Assert.Equal(name, surroundings.ProgramName);
    }

    [Fact]
    public async Task Unknown_topic_is_a_usage_error() =>
        Assert.Equal(2, (await machine.Run("help", "nothing")).ExitCode);

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Completion_is_for_the_name_it_is_called_by(string shell)
    {
        machine.Set("GATEHOUSE_CALLED_AS", "gigalixir");

        var ran = await machine.Run("completion", shell);

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("gigalixir", ran.Output);
        Assert.DoesNotContain("NAME", ran.Output);
    }

    [Theory]
    [InlineData("bash", " log", "login\nlogin:google\nlogout\n")]
    [InlineData("zsh", " logou", "logout:Log out: revoke this machine's key and forget it\n")]
    [InlineData("fish", " logou", "logout\tLog out: revoke this machine's key and forget it\n")]
    [InlineData("bash", " login --em", "--email\n")]
    [InlineData("bash", " account:mfa:a", "account:mfa:activate\n")]
    [InlineData("bash", " account mfa ", "activate\ndeactivate\nrecovery_codes\n")]
    [InlineData("bash", " account ssh_keys ", "add\nremove\n")]
    [InlineData("bash", " account:api_keys:create ci --scope ", "account:read\napps\nbilling\n")]
    [InlineData("bash", " completion ", "bash\nfish\nzsh\n")]
    public async Task Completion_offers_what_could_come_next(string shell, string line, string offered) =>
        Assert.Equal(new Ran(0, offered, ""), await machine.Run("completion", shell, $"--line={line}"));

    [Theory]
    [InlineData("completion")]
    [InlineData("completion", "tcsh")]
    public async Task Completion_needs_a_shell_it_knows(params string[] words) =>
        Assert.Equal(2, (await machine.Run(words)).ExitCode);
}
