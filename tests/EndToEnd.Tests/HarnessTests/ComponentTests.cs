using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.HarnessTests;

/// <summary>What is missing is skipped where people work, and fails in CI.</summary>
public class ComponentTests
{
    private static readonly Component Present = new("PostgreSQL", "/usr/bin", Slow: true);
    private static readonly Component Missing = new("PostgreSQL", Path: null, Slow: true);

    [Theory]
    [InlineData("", "", true)]
    [InlineData("true", "", false)] // It runs, and fails for want of it.
    [InlineData("true", "1", true)]
    public void A_missing_one_is_no_reason_in_CI(string ci, string fast, bool isSkipped) =>
        Assert.Equal(isSkipped, Missing.ReasonToSkipIn(name => name == "CI" ? ci : fast) is not null);

    [Fact]
    public void One_that_is_there_is_used() => Assert.Null(Present.ReasonToSkipIn(_ => ""));

    [Fact]
    public void Needing_a_missing_one_never_passes() =>
        Assert.ThrowsAny<Exception>(() => Missing.Need());
}
