using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Docs;

/// <summary>
/// The samples of docs/api in every language that the machine has, as they stand on the pages of a running server.
/// </summary>
[Costly]
public sealed class SampleTests(SampleServer shared, ITestOutputHelper output)
    : IClassFixture<SampleServer>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public Task Samples_in_curl_work()
    {
        Component.Curl.Need();
        return Work("curl", async (_, text, environment) =>
        {
            var printed = await Execute("/bin/sh", ["-c", text], environment);
            return Printed.Read($"{printed.Split(' ')[1]}\n{printed.Split("\n\n", 2)[1]}");
        });
    }

    [Fact]
    public Task Samples_in_JavaScript_work() => WorkAsFiles("javascript", "mjs", Component.Node.Need());

    [Fact]
    public Task Samples_in_Python_work() => WorkAsFiles("python", "py", Component.PythonRequests.Need());

    [Fact]
    public async Task Samples_in_Go_work()
    {
        var go = Component.Go.Need();
        Component.Postgres.Need();
        var program = await CompiledSamples.OfGo(go, await SamplePage.Read(shared.Server, "go"), folder.Path);
        await Work("go", async (title, _, environment) => Printed.Read(await Execute(program, [title], environment)));
    }

    [Fact]
    public async Task Samples_in_CSharp_work()
    {
        Component.Postgres.Need();
        var samples = await SamplePage.Read(shared.Server, "csharp");
        await using var host = SampleHost.Start(
            "dotnet", await CompiledSamples.OfCSharp(samples, folder.Path), folder.Path);
        await Work("csharp", (title, _, environment) => host.Run(title, environment));
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private async Task WorkAsFiles(string language, string ending, string program)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Docs", $"sample_host.{ending}");
        await using var host = SampleHost.Start(program, script, folder.Path);
        var written = 0;
        await Work(language, async (_, text, environment) =>
        {
            var file = folder[$"sample{written++}.{ending}"];
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
            return await host.Run(file, environment);
        });
    }

    private async Task Work(string language, Walk.Runner run)
    {
        Component.Postgres.Need(); // for the databases of apps
        var samples = await SamplePage.Read(shared.Server, language);
        var wrong = await new Walk(shared.Server, language, samples, run).All();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        output.WriteLine($"{samples.Count} samples");
    }

    private async Task<string> Execute(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var outcome = await ChildProcess.Run(
            program,
            arguments,
            folder.Path,
            environment.Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value)));
        Assert.True(outcome.ExitCode == 0, $"{string.Join(' ', arguments)}\n{outcome.Stdout}\n{outcome.Stderr}");
        return outcome.Stdout;
    }
}
