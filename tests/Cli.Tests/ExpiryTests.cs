using Gatehouse.Cli.Commands;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class ExpiryTests
{
    private static readonly TimeProvider Clock = new StoppedClock();

    [Theory]
    [InlineData("12h", "2026-11-23T10:00:00Z")]
    [InlineData("30d", "2026-12-22T22:00:00Z")]
    [InlineData("8w", "2027-01-17T22:00:00Z")]
    [InlineData("2027-01-31", "2027-01-31T00:00:00Z")]
    [InlineData("2027-01-31T08:30:00+02:00", "2027-01-31T06:30:00Z")]
    [InlineData("2027-01-31 08:30", "2027-01-31T08:30:00Z")]
    public void Date_time_or_span_becomes_a_time(string text, string time) =>
        Assert.Equal(time, Expiry.Parse(text, Clock));

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("30")]
    [InlineData("-3d")]
    [InlineData("0d")]
    [InlineData("2000000000w")]
    [InlineData("3000000d")]
    [InlineData("8:30")]
    [InlineData("tomorrow")]
    [InlineData("2027-02-30")]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22T22:00:00Z")]
    public void Anything_else_or_the_past_is_a_usage_error(string text) =>
        Assert.Equal(ExitCode.Usage, Assert.Throws<Failure>(() => Expiry.Parse(text, Clock)).Code);

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 22, 22, 0, 0, TimeSpan.Zero);
    }
}
