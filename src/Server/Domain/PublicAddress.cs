using System.Net;

namespace Gatehouse.Domain;

/// <summary>
/// Which addresses are somebody's on the Internet, and not a machine of ours or a service of the cloud we run in: what
/// IANA's special-purpose registries (RFC 6890) set aside is refused.
/// </summary>
public static class PublicAddress
{
    private const int Ipv4Bytes = 4;

    private static readonly IPNetwork[] SetAside =
    [
        .. ((string[])[
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Azure answers its virtual machines here, metadata among it.
            "168.63.129.16/32",
            // Of the one block of IPv6 that is given out: protocols, documentation, and tunnels that hold IPv4.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        ]).Select(text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Says whether anybody on the Internet could be meant by an address.</summary>
    public static bool Is(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.GetAddressBytes().Length == Ipv4Bytes || GlobalUnicast.Contains(plain))
            && !SetAside.Any(network => network.Contains(plain));
    }
}
