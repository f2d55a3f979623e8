using System.Diagnostics;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Launcher;

[Costly]
public sealed class BuildTests : IDisposable
{
    private const string Clang = "../tools/clang";

    private readonly TrialRepository repository = new();

    [Fact]
    public async Task The_first_launch_builds_and_says_so_in_one_line()
    {
        var outcome = await repository.Succeed("serve");

        Assert.Single(repository.Builds);
        Assert.Equal("Building Gatehouse (first run only, about a minute) …\n", outcome.Stderr);
        Assert.StartsWith("program ", outcome.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unchanged_sources_cost_milliseconds_and_no_call_of_dotnet()
    {
        await repository.Succeed("serve");
        repository.Forbid("dotnet");
        repository.WriteProgram("../tools/dotnet", "#!/bin/sh\necho 'dotnet was called' >&2; exit 1");
        var fastest = TimeSpan.MaxValue;
        for (var launch = 0; launch < 5; launch++)
        {
            var started = Stopwatch.GetTimestamp();
            Assert.Empty((await repository.Succeed("serve")).Stderr);
            var took = Stopwatch.GetElapsedTime(started);
            fastest = took < fastest ? took : fastest;
        }

        Assert.Single(repository.Builds);
        Assert.True(fastest < TimeSpan.FromMilliseconds(150), $"The fastest launch took {fastest}");
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("added")]
    [InlineData("deleted")]
    [InlineData("restored from a backup")]
    [InlineData("another package version")]
    public async Task A_changed_source_is_built_again(string change)
    {
        await repository.Succeed("serve");
        Change(change);
        var outcome = await repository.Succeed("serve");
        await repository.Succeed("serve");

        Assert.Equal("Building Gatehouse (its sources have changed) …\n", outcome.Stderr);
        Assert.Equal(2, repository.Builds.Count);
    }

    [Fact]
    public async Task What_an_IDE_builds_is_no_source()
    {
        await repository.Succeed("serve");
        repository.Write("src/Server/obj/Debug/Generated.cs", "// generated");
        repository.Write("src/Server/bin/Debug/Server.dll", "binary");
        repository.Write("src/Cli/Program.cs", "// the command line is another program");
        await repository.Succeed("serve");

        Assert.Single(repository.Builds);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Launches_at_once_build_once(bool flock)
    {
        if (!flock)
            repository.Forbid("flock");
        var launches = Enumerable.Range(0, 5).Select(_ => repository.Succeed("serve"));
        var outcomes = await Task.WhenAll(launches);

        Assert.Single(repository.Builds);
        Assert.Single(outcomes, outcome => outcome.Stderr.StartsWith("Building", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lock_whose_holder_died_is_taken_over()
    {
        repository.Forbid("flock");
        await using (var dead = ChildProcess.Start("true", [], repository.Elsewhere))
        {
            await dead.Exit();
            Directory.CreateDirectory(repository["artifacts"]);
            File.CreateSymbolicLink(repository["artifacts/server.lock.pid"], $"{dead.Id}");
        }

        await repository.Succeed("serve");
        Assert.Single(repository.Builds);
    }

    [Fact]
    public async Task A_compiler_that_stays_behind_does_not_hold_the_lock()
    {
        repository.Write("../sdk/lingers", "");
        await repository.Succeed("serve");
        Change("changed");
        var outcome = await repository.Succeed("serve");

        Assert.DoesNotContain("Waiting", outcome.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_build_is_shown_and_nothing_old_runs()
    {
        await repository.Succeed("serve");
        repository.Write("src/Server/Program.cs", "// a mistake");
        repository.Write("../sdk/broken", "Program.cs(1,1): error CS1002: ; expected");
        var outcome = await repository.Run("serve");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Empty(outcome.Stdout);
        Assert.Contains("error CS1002", outcome.Stderr, StringComparison.Ordinal);
        File.Delete(repository["../sdk/broken"]);
        await repository.Succeed("serve");
    }

    [Fact]
    public async Task The_command_line_is_native_where_clang_is()
    {
        repository.WriteProgram(Clang, "#!/bin/sh");
        await repository.Succeed("login");

        Assert.Contains("-p:PublishAot=true", Assert.Single(repository.Builds), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_is_managed_where_clang_is_not()
    {
        await repository.Succeed("login");

        Assert.Contains("-p:PublishAot=false", Assert.Single(repository.Builds), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_native_code_cannot_be_linked_the_managed_build_does()
    {
        repository.WriteProgram(Clang, "#!/bin/sh");
        repository.Write("../sdk/no-linker", "microsoft.dotnet.ilcompiler.targets: error : cannot find -lz");
        await repository.Succeed("login");

        Assert.Equal(2, repository.Builds.Count);
        Assert.Contains("-p:PublishAot=false", repository.Builds[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_asked_only_to_build()
    {
        var only = new Dictionary<string, string?>(StringComparer.Ordinal) { ["GATEHOUSE_ONLY_BUILD"] = "1" };
        var outcome = await repository.RunAs(repository["gatehouse"], only, "serve");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Empty(outcome.Stdout);
        Assert.True(File.Exists(repository["artifacts/server/Gatehouse.Server"]));
    }

    public void Dispose() => repository.Dispose();

    private void Change(string change)
    {
        const string Noun = "src/Server/Domain/Account.cs";
        switch (change)
        {
            case "changed":
                repository.Write(Noun, "// more of it");
                break;
            case "added":
                repository.Write("src/Server/Domain/Invoice.cs", "// another noun");
                break;
            case "deleted":
                File.Delete(repository[Noun]);
                break;
            case "restored from a backup":
                repository.Write(Noun, "// the year before");
                File.SetLastWriteTimeUtc(repository[Noun], TimeProvider.System.GetUtcNow().UtcDateTime.AddYears(-1));
                break;
            case "another package version":
                repository.Write("Directory.Packages.props", "<Project />");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change, "no such change");
        }
    }
}
