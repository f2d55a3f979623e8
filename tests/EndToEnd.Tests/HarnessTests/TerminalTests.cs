using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.HarnessTests;

public sealed class TerminalTests : IDisposable
{
    private const string Script =
        """
        test -t 0 && test -t 1 && printf 'On a terminal of %s columns\n' "$(tput cols)"
        printf 'Name: '; read -r name
        stty -echo; printf 'Password: '; read -r secret; stty echo
        printf '\nWelcome, %s of %s (%s)\n' "$name" "$PLACE" "${#secret}"
        exit 3
        """;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_program_talks_to_a_person()
    {
        await using var terminal = await Terminal.Start(
            "sh", ["-c", Script], folder.Path, [KeyValuePair.Create("PLACE", (string?)"Athens")]);

        await terminal.Shows("On a terminal of 100 columns");
        await terminal.Answer("Name:", "Hero; $HOME");
        await terminal.Answer("Password:", "sesame");
        var screen = await terminal.Shows("Welcome, Hero; $HOME of Athens (6)");
        Assert.DoesNotContain("sesame", screen, StringComparison.Ordinal);
        Assert.Equal(3, await terminal.Exit());
    }

    [Fact]
    public async Task Control_C_interrupts_it()
    {
        await using var terminal = await Terminal.Start(
            "sh", ["-c", "echo Asleep; exec sleep 60"], folder.Path, []);
        await terminal.Shows("Asleep");
        await terminal.Press("C-c");

        Assert.Equal(130, await terminal.Exit());
    }

    public void Dispose() => folder.Dispose();
}
