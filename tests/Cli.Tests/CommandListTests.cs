using System.Text.Json;
using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

/// <summary>
/// The help as data. The server makes pages of it without knowing this program: what it reads is a file, held here
/// against the command tree. GATEHOUSE_UPDATE_GOLDEN=1 writes it anew.
/// </summary>
public sealed class CommandListTests : IDisposable
{
    private readonly Machine machine = new();

    public void Dispose() => machine.Dispose();

    [Fact]
    public async Task Pages_of_the_server_are_made_from_this_command_tree()
    {
        var printed = await machine.Run("help", "--json");
        var path = Path.Combine(Repository(), "src", "Server", "WebConsole", "Docs", "cli.json");
        if (Environment.GetEnvironmentVariable("GATEHOUSE_UPDATE_GOLDEN") == "1")
            await File.WriteAllTextAsync(path, printed.Output, TestContext.Current.CancellationToken);
        Assert.Equal(
            await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), printed.Output);
    }

    [Fact]
    public async Task Every_command_is_there_with_its_options()
    {
        using var list = JsonDocument.Parse((await machine.Run("--json", "help")).Output);

        var commands = list.RootElement.GetProperty("sections").EnumerateArray()
            .SelectMany(section => section.GetProperty("commands").EnumerateArray())
            .ToDictionary(command => command.GetProperty("name").GetString()!);
        Assert.Equal(CommandTree.All.Select(entry => entry.Name).Order(), commands.Keys.Order());
        Assert.Contains(
            commands["apps:create"].GetProperty("options").EnumerateArray(),
            option => option.GetProperty("names").GetString() == "-n, --name NAME");
        Assert.Equal(
            ExitCode.All.Count, list.RootElement.GetProperty("exit_codes").GetArrayLength());
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gatehouse.slnx")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
