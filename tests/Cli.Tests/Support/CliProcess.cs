using System.Diagnostics;

namespace Gatehouse.Cli.Tests.Support;

/// <summary>The program as a process, for what only a process can show: signals, umask, being killed.</summary>
public static class CliProcess
{
    /// <summary>The built program.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "gatehouse-cli");

    /// <summary>Starts it on a machine, its three streams in our hands.</summary>
    public static Process Start(Machine machine, params string[] words) => StartOther(machine, Path, words);

    /// <summary>Starts a program that starts it.</summary>
    public static Process StartOther(Machine machine, string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in machine.Environment)
            start.Environment[variable] = value;
        return Process.Start(start)!;
    }

    /// <summary>Reads until a text has appeared, and returns everything up to it.</summary>
    public static async Task<string> ReadTo(this StreamReader reader, string text, CancellationToken cancelled)
    {
        var seen = "";
        var buffer = new char[256];
        while (!seen.Contains(text, StringComparison.Ordinal))
        {
            var count = await reader.ReadAsync(buffer, cancelled);
            if (count == 0)
                throw new EndOfStreamException($"`{text}` did not come, but:\n{seen}");
            seen += new string(buffer, 0, count);
        }

        return seen;
    }
}
