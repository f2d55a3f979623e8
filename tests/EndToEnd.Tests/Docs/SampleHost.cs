using System.Globalization;
using System.Text.Json;
using Gatehouse.EndToEnd.Tests.Harness;

namespace Gatehouse.EndToEnd.Tests.Docs;

/// <summary>A program that runs samples of one language, each as if it had been started alone.</summary>
internal sealed class SampleHost : IAsyncDisposable
{
    private readonly ChildProcess process;
    private int answered;

    private SampleHost(ChildProcess process) => this.process = process;

    /// <summary>Starts one.</summary>
    public static SampleHost Start(string program, string host, string folder) =>
        new(ChildProcess.Start(program, [host], folder));

    /// <summary>Runs a sample, by whatever name the host knows it.</summary>
    public async Task<Printed> Run(string file, IReadOnlyDictionary<string, string> environment)
    {
        await process.Type(JsonSerializer.Serialize(new { file, environment }));
        var line = await Eventually.Get(
            () => process.HasExited ? throw new InvalidOperationException(process.Output) : Answer(),
            () => $"{file} does not end. {process.Output}");
        answered++;
        return Printed.Read(JsonSerializer.Deserialize<string>(line)!);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => process.DisposeAsync();

    private string? Answer() =>
        process.Stdout.Split('\n') is var lines && lines.Length > answered + 1 ? lines[answered] : null;
}

/// <summary>What a sample printed: the status, and below it the body.</summary>
public sealed record Printed(int Status, string Body)
{
    /// <summary>Reads it; whatever has no status on its first line is an error of the sample.</summary>
    public static Printed Read(string text)
    {
        var lines = text.Split('\n', 2);
        return int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? new Printed(status, lines[1])
            : new Printed(0, text);
    }
}
