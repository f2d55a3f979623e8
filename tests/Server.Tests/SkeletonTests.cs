using Xunit;

namespace Gatehouse.Tests;

public class SkeletonTests
{
    [Fact]
    public void Runs() => Assert.True(true);
}
