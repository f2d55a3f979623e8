using System.Net;

namespace Gatehouse.Domain;

/// <summary>Groups network addresses the way limits count them: who owns one IPv6 address owns its whole /64.</summary>
public static class NetworkAddress
{
    private const int Ipv6Bytes = 16;
    private const int Ipv6NetworkBytes = 8;
    private const int Ipv4NetworkBytes = 3;

    /// <summary>One customer's line: a whole IPv4 address, or an IPv6 /64.</summary>
    public static string HostOf(string address) => Cut(address, ipv4Bytes: 4);

    /// <summary>One neighbourhood: an IPv4 /24, or an IPv6 /64.</summary>
    public static string NetworkOf(string address) => Cut(address, Ipv4NetworkBytes);

    private static string Cut(string address, int ipv4Bytes)
    {
        if (!IPAddress.TryParse(address, out var parsed)) return address;
        if (parsed.IsIPv4MappedToIPv6) parsed = parsed.MapToIPv4();
        var bytes = parsed.GetAddressBytes();
        var kept = bytes.Length == Ipv6Bytes ? Ipv6NetworkBytes : ipv4Bytes;
        Array.Clear(bytes, kept, bytes.Length - kept);
        return new IPAddress(bytes).ToString();
    }
}
