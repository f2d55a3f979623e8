using Gatehouse.Domain;
using Xunit;

namespace Gatehouse.Tests.Domain;

/// <summary>What limits count as one place (T38).</summary>
public sealed class NetworkAddressTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", "203.0.113.0")]
    [InlineData("203.0.113.255", "203.0.113.255", "203.0.113.0")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7", "203.0.113.0")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:2::", "2001:db8:1:2::", "2001:db8:1:2::")]
    [InlineData("2001:DB8:1:2:FFFF::1", "2001:db8:1:2::", "2001:db8:1:2::")]
    [InlineData("::1", "::", "::")]
    [InlineData("fe80::1%1", "fe80::", "fe80::")]
    [InlineData("unknown", "unknown", "unknown")]
    [InlineData("", "", "")]
    public void Address_is_counted_with_its_neighbours(string address, string host, string network)
    {
        Assert.Equal(host, NetworkAddress.HostOf(address));
        Assert.Equal(network, NetworkAddress.NetworkOf(address));
    }

    [Fact]
    public void Neighbours_beyond_the_border_are_counted_apart()
    {
        Assert.NotEqual(NetworkAddress.NetworkOf("203.0.113.7"), NetworkAddress.NetworkOf("203.0.114.7"));
        Assert.NotEqual(NetworkAddress.HostOf("2001:db8:1:2::1"), NetworkAddress.HostOf("2001:db8:1:3::1"));
    }
}
