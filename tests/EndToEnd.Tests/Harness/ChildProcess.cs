using System.Diagnostics;
using System.Text;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>What a program answered that ran to its end.</summary>
public sealed record Outcome(int ExitCode, string Stdout, string Stderr);

/// <summary>
/// A program that runs beside the test. Its output is kept for messages; it inherits no setting of ours from the
/// shell that runs the tests, and is killed with the test at the latest.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly string[] NotInherited =
        ["Gatehouse__", "GATEHOUSE_", "GIGALIXIR_", "ASPNETCORE_", "DOTNET_ENVIRONMENT", "NETRC", "XDG_", "TMUX"];

    private readonly Process process;
    private readonly StringBuilder stdout = new();
    private readonly StringBuilder stderr = new();

    private ChildProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(stdout, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(stderr, line.Data);
    }

    /// <summary>The number by which the system knows it.</summary>
    public int Id => process.Id;

    /// <summary>Whether it is gone, on its own or killed.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>How long it kept processors busy, whatever else the machine does.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>All it wrote so far to standard output.</summary>
    public string Stdout => Text(stdout);

    /// <summary>All it wrote so far to standard error.</summary>
    public string Stderr => Text(stderr);

    /// <summary>Both, for the message of a failure.</summary>
    public string Output => $"{Stdout}\n{Stderr}".Trim();

    /// <summary>Starts a program. A variable whose value is null is taken out of its environment.</summary>
    public static ChildProcess Start(
        string program,
        IEnumerable<string> arguments,
        string folder,
        IEnumerable<KeyValuePair<string, string?>>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;

        var child = new ChildProcess(start);
        child.process.Start();
        child.process.BeginOutputReadLine();
        child.process.BeginErrorReadLine();
        return child;
    }

    /// <summary>
    /// Starts a program that an interrupt reaches, even where the tests run in the background of a shell: whatever that
    /// starts ignores interrupts, and so does whatever that starts in turn.
    /// </summary>
    public static ChildProcess StartAnswering(
        string program,
        IEnumerable<string> arguments,
        string folder,
        IEnumerable<KeyValuePair<string, string?>>? environment = null) => OperatingSystem.IsLinux()
            ? Start("env", ["--default-signal=INT", program, .. arguments], folder, environment)
            : Start(program, arguments, folder, environment);

    /// <summary>Runs a program to its end, with these lines as its standard input.</summary>
    public static async Task<Outcome> Run(
        string program,
        IEnumerable<string> arguments,
        string folder,
        IEnumerable<KeyValuePair<string, string?>>? environment = null,
        params string[] input)
    {
        await using var child = Start(program, arguments, folder, environment);
        await child.Say(input);
        return new Outcome(await child.Exit(), child.Stdout, child.Stderr);
    }

    /// <summary>Writes lines to its standard input and closes it. A program may leave before it read them.</summary>
    public async Task Say(params string[] lines)
    {
        try
        {
            foreach (var line in lines)
                await process.StandardInput.WriteLineAsync(line);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It did not want to hear more; its exit code says why.
        }
    }

    /// <summary>Writes a line to its standard input, which stays open.</summary>
    public async Task Type(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits for its end, at most three minutes, and gives its exit code.</summary>
    public async Task<int> Exit()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{process.StartInfo.FileName} does not end. Its output:\n{Output}");
        }

        return process.ExitCode;
    }

    /// <summary>Sends a signal, such as TERM or INT, and does not wait for its effect.</summary>
    public async Task Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Takes it away in the middle of whatever it does (SIGKILL), and what it started.</summary>
    public async Task Kill()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await Kill();
        process.Dispose();
    }

    private static bool IsOurs(string name) =>
        NotInherited.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static void Keep(StringBuilder output, string? line)
    {
        if (line is null)
            return;
        lock (output)
            output.Append(line).Append('\n');
    }

    private static string Text(StringBuilder output)
    {
        lock (output)
            return output.ToString();
    }
}
