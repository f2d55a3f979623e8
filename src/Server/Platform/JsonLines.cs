using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Gatehouse.Platform;

/// <summary>
/// The log as one JSON object a line on stderr. What is said within some milliseconds is written at once: a line for
/// each request, written alone, costs as much as looking its key up.
/// </summary>
[ProviderAlias("Console")]
internal sealed class JsonLines : ILoggerProvider
{
    // When nobody takes the lines, whoever has more to say waits, and no line is lost.
    private const int MostWaitingBytes = 1024 * 1024;
    private static readonly TimeSpan Collecting = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? line;

    [ThreadStatic]
    private static Utf8JsonWriter? json;

    private readonly object turn = new();
    private readonly Stream output;
    private readonly Thread writer;
    private ArrayBufferWriter<byte> waiting = new();
    private ArrayBufferWriter<byte> leaving = new();
    private bool ended;

    public JsonLines(Stream output)
    {
        this.output = output;
        writer = new Thread(WriteAll) { IsBackground = true, Name = "log" };
        writer.Start();
    }

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
        lock (turn)
        {
            ended = true;
            Monitor.PulseAll(turn);
        }

        writer.Join(Patience);
    }

    private void Add(ReadOnlySpan<byte> text)
    {
        lock (turn)
        {
            while (waiting.WrittenCount > MostWaitingBytes && !ended) Monitor.Wait(turn);
            waiting.Write(text);
            if (waiting.WrittenCount == text.Length) Monitor.PulseAll(turn);
        }
    }

    private void WriteAll()
    {
        while (Take())
        {
            try
            {
                output.Write(leaving.WrittenSpan);
            }
            catch (IOException)
            {
                // Nobody reads any more; that is no reason to stop working.
            }

            leaving.ResetWrittenCount();
        }
    }

    /// <summary>Waits for lines and collects a moment longer; false when there will be none.</summary>
    private bool Take()
    {
        lock (turn)
        {
            while (waiting.WrittenCount == 0 && !ended) Monitor.Wait(turn);
            if (!ended) Monitor.Wait(turn, Collecting);
            (waiting, leaving) = (leaving, waiting);
            Monitor.PulseAll(turn);
            return leaving.WrittenCount > 0;
        }
    }

    private sealed class Category(JsonLines lines, string name) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            var buffer = line ??= new ArrayBufferWriter<byte>(1024);
            var writer = json ??= new Utf8JsonWriter(buffer);
            buffer.ResetWrittenCount();
            writer.Reset(buffer);
            writer.WriteStartObject();
            writer.WriteString("Timestamp"u8, TimeProvider.System.GetUtcNow());
            writer.WriteString("LogLevel"u8, NameOf(logLevel));
            writer.WriteString("Category"u8, name);
            writer.WriteString("Message"u8, formatter(state, exception));
            if (exception is not null) writer.WriteString("Exception"u8, exception.ToString());
            if (state is IReadOnlyList<KeyValuePair<string, object?>> values) WriteState(writer, values);
            writer.WriteEndObject();
            writer.Flush();
            buffer.Write("\n"u8);
            lines.Add(buffer.WrittenSpan);
        }

        /// <summary>What stood in the braces of the message; the pattern itself says nothing new.</summary>
        private static void WriteState(Utf8JsonWriter writer, IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            writer.WriteStartObject("State"u8);
            for (var i = 0; i < values.Count; i++)
            {
                var (key, value) = values[i];
                if (key == "{OriginalFormat}") continue;
                if (value is int number) writer.WriteNumber(key, number);
                else if (value is double fraction && double.IsFinite(fraction)) writer.WriteNumber(key, fraction);
                else writer.WriteString(key, Convert.ToString(value, CultureInfo.InvariantCulture));
            }

            writer.WriteEndObject();
        }

        private static string NameOf(LogLevel level) => level switch
        {
            LogLevel.Trace => "Trace",
            LogLevel.Debug => "Debug",
            LogLevel.Information => "Information",
            LogLevel.Warning => "Warning",
            LogLevel.Error => "Error",
            LogLevel.Critical => "Critical",
            LogLevel.None => "None",
        };
    }
}
