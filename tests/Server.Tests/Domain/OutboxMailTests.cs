using Gatehouse.Domain;
using Xunit;

namespace Gatehouse.Tests.Domain;

/// <summary>Pauses between tries grow, and not beyond reason.</summary>
public sealed class OutboxMailTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(10, 512)]
    [InlineData(11, 900)]
    [InlineData(1_000_000, 900)]
    public void Pause_doubles_up_to_a_quarter_of_an_hour(int attempts, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), OutboxMail.PauseAfter(attempts));
}
