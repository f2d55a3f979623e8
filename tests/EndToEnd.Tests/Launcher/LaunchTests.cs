using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Launcher;

public sealed class LaunchTests : IDisposable
{
    private readonly TrialRepository repository = new();

    [Theory]
    [InlineData("Gatehouse.Server", "serve", "--urls", "http://127.0.0.1:8123")]
    [InlineData("Gatehouse.Server", "migrate")]
    [InlineData("Gatehouse.Server", "doctor")]
    [InlineData("Gatehouse.Server", "demo")]
    [InlineData("Gatehouse.Server", "admin", "account:show", "ada@example.com")]
    [InlineData("gatehouse-cli", "signup")]
    [InlineData("gatehouse-cli", "account:upgrade", "--card_number", "4242 4242")]
    [InlineData("gatehouse-cli", "--help")]
    [InlineData("gatehouse-cli")]
    public async Task The_first_word_chooses_the_program(string program, params string[] arguments)
    {
        var outcome = await repository.Succeed(arguments);

        Assert.Contains($"program {program}\n", outcome.Stdout, StringComparison.Ordinal);
        Assert.Contains($"arguments {string.Join(' ', arguments)}\n", outcome.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_runs_where_the_caller_stands()
    {
        var outcome = await repository.Succeed("serve");

        Assert.Contains($"folder {repository.Elsewhere}\n", outcome.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gatehouse")]
    [InlineData("gigalixir")]
    [InlineData("my platform")]
    public async Task The_program_learns_the_name_it_is_called_by(string name)
    {
        var path = repository["gatehouse"];
        if (name != "gatehouse")
            path = File.CreateSymbolicLink(Path.Combine(repository.Elsewhere, name), path).FullName;
        var outcome = await repository.RunAs(path, [], "login");

        Assert.Contains($"called as {name}\n", outcome.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Relative_links_to_links_are_followed()
    {
        var elsewhere = repository.Elsewhere;
        File.CreateSymbolicLink(Path.Combine(elsewhere, "one"), "../repository/gatehouse");
        Directory.CreateDirectory(Path.Combine(elsewhere, "bin"));
        var two = File.CreateSymbolicLink(Path.Combine(elsewhere, "bin", "gigalixir"), "../one");
        var outcome = await repository.RunAs(two.FullName, [], "login");

        Assert.Contains("called as gigalixir\n", outcome.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "Development")]
    [InlineData("Production", null, "Production")]
    [InlineData(null, "Staging", "Staging")]
    public async Task The_server_is_in_development_unless_told_otherwise(
        string? dotnet, string? aspnet, string expected)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["DOTNET_ENVIRONMENT"] = dotnet,
            ["ASPNETCORE_ENVIRONMENT"] = aspnet,
        };
        var outcome = await repository.RunAs(repository["gatehouse"], variables, "serve");

        Assert.Contains($"environment {expected}\n", outcome.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_takes_the_launchers_place_and_so_its_signals()
    {
        await using var launch = repository.Start("serve", "wait");
        await Eventually.Holds(
            () => launch.Stdout.Contains($"waiting as {launch.Id}\n", StringComparison.Ordinal), () => launch.Output);
        await launch.Signal("TERM");

        Assert.Equal(7, await launch.Exit());
    }

    [Fact]
    public async Task Without_an_SDK_it_prints_the_line_that_gets_one()
    {
        repository.RemoveSdk();
        var outcome = await repository.Run("serve");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(
            "curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0\n",
            outcome.Stderr,
            StringComparison.Ordinal);
        Assert.Empty(outcome.Stdout);
    }

    [Fact]
    public async Task A_published_build_runs_without_an_SDK()
    {
        await repository.Succeed("serve");
        repository.RemoveSdk();

        await repository.Succeed("serve");
    }

    [Fact]
    public async Task An_SDK_where_its_install_script_puts_it_is_found_without_the_PATH()
    {
        Directory.CreateSymbolicLink(Path.Combine(repository.Elsewhere, ".dotnet"), repository["../sdk"]);
        repository.Forbid("dotnet");

        await repository.Succeed("serve");
        Assert.Single(repository.Builds);
    }

    [Fact]
    public async Task An_SDK_behind_a_wrapper_on_the_PATH_is_found()
    {
        repository.Forbid("dotnet");
        repository.WriteProgram("../tools/dotnet", $"#!/bin/sh\nexec '{repository["../sdk/dotnet"]}' \"$@\"");
        Directory.Delete(repository["../sdk/sdk"], recursive: true);

        await repository.Succeed("serve");
        Assert.Single(repository.Builds);
    }

    public void Dispose() => repository.Dispose();
}
