using System.Text;
using System.Text.Json;
using Gatehouse.Platform;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Gatehouse.Tests.Platform;

/// <summary>The log of an installation: one JSON object a line, and no line is lost.</summary>
public sealed class JsonLinesTests
{
    [Fact]
    public void Line_has_time_level_category_message_state_and_exception()
    {
        var line = Assert.Single(Written(log => log.LogError(
            new InvalidOperationException("broken"),
            "{Method} {Status} {Took:0.0} ms {Name}",
            "GET",
            200,
            1.25,
            "a\n\"é")));
        var json = JsonDocument.Parse(line).RootElement;
        Assert.True(json.GetProperty("Timestamp").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);
        Assert.Equal("Error", json.GetProperty("LogLevel").GetString());
        Assert.Equal("Gatehouse.Specimen", json.GetProperty("Category").GetString());
        Assert.Equal("GET 200 1.3 ms a\n\"é", json.GetProperty("Message").GetString());
        Assert.Contains("broken", json.GetProperty("Exception").GetString(), StringComparison.Ordinal);
        var state = json.GetProperty("State").EnumerateObject().Select(part => (part.Name, part.Value.GetRawText()));
        Assert.Equal(
            [("Method", "\"GET\""), ("Status", "200"), ("Took", "1.25"), ("Name", "\"a\\n\\u0022\\u00E9\"")], state);
    }

    [Fact]
    public void Lines_of_many_threads_are_all_there_and_whole()
    {
        var lines = Written(log => Parallel.For(0, 5000, i => log.LogInformation("number {Number}", i)));
        var numbers = lines.Select(line => JsonDocument.Parse(line).RootElement
            .GetProperty("State").GetProperty("Number").GetInt32());
        Assert.Equal(Enumerable.Range(0, 5000), numbers.Order());
    }

    [Fact]
    public void Reader_that_went_away_stops_nobody()
    {
        using var lines = new JsonLines(new BrokenPipe());
        var log = lines.CreateLogger("Gatehouse.Specimen");
        var longText = new string('x', 100_000);
        for (var i = 0; i < 50; i++) log.LogInformation("{Text}", longText);
    }

    private static IReadOnlyList<string> Written(Action<ILogger> say)
    {
        using var output = new MemoryStream();
        using (var lines = new JsonLines(output)) say(lines.CreateLogger("Gatehouse.Specimen"));
        var text = Encoding.UTF8.GetString(output.ToArray());
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private sealed class BrokenPipe : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");
    }
}
