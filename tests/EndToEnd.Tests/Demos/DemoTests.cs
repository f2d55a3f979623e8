using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Demos;

/// <summary>The first thing that a visitor runs: a whole month, told while it happens.</summary>
[Costly]
public sealed class DemoTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Month_is_told_from_the_sign_up_to_the_proofs_and_leaves_nothing_behind()
    {
        var ran = await Run("demo", "--no-wait");

        Assert.True(ran.ExitCode == 0, $"{ran.Stdout}\n{ran.Stderr}");
        Assert.Equal("", ran.Stderr);
        string[] inOrder =
        [
            "1. Ann signs up", "Mail to ann@example.com: Confirm your address", "2. She upgrades",
            "\"tier\": \"STANDARD\"", "3. Two apps", "$ gatehouse ps:scale -a lighthouse -r 2 -s 0.5",
            "4. Ten days pass", "5. Five days later she destroys it", "200 \"deleted\"", "6. The month ends by itself",
            "Mail to ann@example.com: Invoice 1", "7. One line of the bill", "2 x 0.5 GB", "recomputed: identical",
            "8. Six days later", "9. The link in the old mailbox undoes it", "\"password_needed\": true", "401 ",
            "10. Nothing of this can be altered unseen", " entries checked, 0 do not fit.",
            "postings checked, 0 faults.", "1 invoices checked, 0 faults.", "That was it",
        ];
        var at = 0;
        foreach (var line in inOrder)
        {
            var found = ran.Stdout.IndexOf(line, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"`{line}` is not told in its place:\n{ran.Stdout}");
            at = found;
        }

        Assert.DoesNotContain('\e', ran.Stdout);
        Assert.All(ran.Stdout.Split('\n'), line => Assert.True(line.Length <= 100, line));
        Assert.Empty(Directory.GetFileSystemEntries(folder["tmp"]));
    }

    [Fact]
    public async Task What_the_environment_sets_up_is_left_alone()
    {
        var ran = await ChildProcess.Run(
            await Published.Server(), ["demo"], folder.Path, Environment(
                ("Gatehouse__Database", "Host=127.0.0.1;Port=1;Database=none;Timeout=1"),
                ("Gatehouse__Mail__Smtp", "smtp://127.0.0.1:1"),
                ("Gatehouse__DataDirectory", folder["mine"])));

        Assert.True(ran.ExitCode == 0, ran.Stderr);
        Assert.False(Directory.Exists(folder["mine"]));
    }

    [Fact]
    public async Task Option_that_it_does_not_have_is_named()
    {
        var ran = await Run("demo", "--fast");

        Assert.Equal(2, ran.ExitCode);
        Assert.Equal("gatehouse: demo has no --fast, only --no-wait.\n", ran.Stderr);
    }

    private async Task<Outcome> Run(params string[] words) =>
        await ChildProcess.Run(await Published.Server(), words, folder.Path, Environment());

    private Dictionary<string, string?> Environment(params IEnumerable<(string Name, string Value)> more)
    {
        Directory.CreateDirectory(folder["tmp"]);
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["TMPDIR"] = folder["tmp"] };
        foreach (var (name, value) in more)
            environment[name] = value;
        return environment;
    }
}
