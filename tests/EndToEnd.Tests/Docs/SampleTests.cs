using System.Globalization;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Docs;

/// <summary>
/// The samples of docs/api in every language that the machine has, as they stand on the pages of a running server.
/// </summary>
public sealed class SampleTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public Task Samples_in_curl_work()
    {
        Component.Curl.Need();
        return Work("curl", async (_, text, environment) =>
        {
            var outcome = await Execute("/bin/sh", ["-c", text], environment);
            var parts = outcome.Stdout.Split("\n\n", 2);
            var status = outcome.Stdout.Split(' ')[1];
            return new Printed(int.Parse(status, CultureInfo.InvariantCulture), parts[1]);
        });
    }

    [Fact]
    public Task Samples_in_JavaScript_work() => WorkAsFiles("javascript", "sample.mjs", Component.Node.Need());

    [Fact]
    public Task Samples_in_Python_work() => WorkAsFiles("python", "sample.py", Component.PythonRequests.Need());

    [Fact]
    public async Task Samples_in_Go_work()
    {
        var go = Component.Go.Need();
        await using var server = await StartServer();
        var samples = await SamplePage.Read(server, "go");
        var programs = await CompiledSamples.OfGo(go, samples, folder.Path);
        await Work(server, samples, async (title, _, environment) =>
            Read(await Execute(programs, [title], environment)));
    }

    [Fact]
    public async Task Samples_in_CSharp_work()
    {
        await using var server = await StartServer();
        var samples = await SamplePage.Read(server, "csharp");
        var program = await CompiledSamples.OfCSharp(samples, folder.Path);
        await Work(server, samples, async (title, _, environment) =>
            Read(await Execute("dotnet", [program, title], environment)));
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private Task WorkAsFiles(string language, string file, string program) =>
        Work(language, async (_, text, environment) =>
        {
            await File.WriteAllTextAsync(folder[file], text, TestContext.Current.CancellationToken);
            return Read(await Execute(program, [folder[file]], environment));
        });

    private async Task Work(string language, Walk.Runner run)
    {
        await using var server = await StartServer();
        await Work(server, await SamplePage.Read(server, language), run);
    }

    private async Task Work(GatehouseServer server, Dictionary<string, string> samples, Walk.Runner run)
    {
        var wrong = await new Walk(server, samples, run).All();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        output.WriteLine($"{samples.Count} samples");
    }

    /// <summary>All of them come from one address, quickly.</summary>
    private static Task<GatehouseServer> StartServer() => GatehouseServer.Start(
        "sqlite",
        ("Limits:SignUpsPerAddress", "0"),
        ("Limits:MailsPerEmailInAnHour", "0"),
        ("Limits:MailRequestsPerAddress", "0"));

    private async Task<Outcome> Execute(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var outcome = await ChildProcess.Run(
            program,
            arguments,
            folder.Path,
            environment.Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value)));
        Assert.True(outcome.ExitCode == 0, $"{string.Join(' ', arguments)}\n{outcome.Stdout}\n{outcome.Stderr}");
        return outcome;
    }

    /// <summary>The status stands on the first line.</summary>
    private static Printed Read(Outcome outcome)
    {
        var lines = outcome.Stdout.Split('\n', 2);
        return new Printed(int.Parse(lines[0], CultureInfo.InvariantCulture), lines[1]);
    }
}
