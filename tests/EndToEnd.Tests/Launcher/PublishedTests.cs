using System.Diagnostics;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Launcher;

public sealed class PublishedTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task The_command_line_is_native_code()
    {
        Component.Clang.Need();
        var program = await Published.Cli();

        Assert.True(File.Exists(program));
        Assert.False(File.Exists(program + ".dll"), "There is managed code beside the program");
    }

    [Fact]
    public async Task The_launcher_answers_at_once_when_all_is_built()
    {
        await Published.Cli();
        var fastest = TimeSpan.MaxValue; // The machine may have other things to do at one time or another.
        for (var launch = 0; launch < 5; launch++)
        {
            var started = Stopwatch.GetTimestamp();
            var outcome = await ChildProcess.Run(
                Published.Launcher, ["version"], folder.Path, [KeyValuePair.Create("HOME", (string?)folder.Path)]);
            var took = Stopwatch.GetElapsedTime(started);
            fastest = took < fastest ? took : fastest;
            Assert.True(outcome.ExitCode == 0, outcome.Stderr);
        }

        Assert.True(fastest < TimeSpan.FromSeconds(1), $"The fastest launch took {fastest}");
    }

    public void Dispose() => folder.Dispose();
}
