using Xunit;

namespace Gatehouse.Cli.Tests;

public class SkeletonTests
{
    [Fact]
    public void Runs() => Assert.True(true);
}
