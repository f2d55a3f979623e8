using System.Collections.Concurrent;
using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>
/// Counts requests for each address in fixed windows of an hour, in the memory of this node. It is a courtesy that
/// keeps one client from crowding out the others, and shows in headers of each reply; what an attacker could use up is
/// counted in the database (<see cref="RateLimits"/>), where a row for each request would cost more than the request.
/// </summary>
public sealed class RequestWindows(Settings settings, TimeProvider clock)
{
    private const int MostAddresses = 100_000;
    private static readonly TimeSpan Length = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, RequestWindow> windows = new(StringComparer.Ordinal);

    /// <summary>Counts one request and says where its address stands.</summary>
    public RequestStanding Count(string address)
    {
        var (most, now) = (settings.Limits.V2RequestsPerAddress, clock.UtcNow());
        var host = NetworkAddress.HostOf(address);
        // Bounded: when it is full it starts anew.
        if (windows.Count >= MostAddresses && !windows.ContainsKey(host)) windows.Clear();
        var first = new RequestWindow(1, now + Length);
        var window = windows.AddOrUpdate(
            host, first, (_, open) => open.EndsAt <= now ? first : open with { Count = open.Count + 1 });
        return most == 0
            ? new RequestStanding(int.MaxValue, int.MaxValue, window.EndsAt, IsOver: false)
            : new RequestStanding(most, Math.Max(0, most - window.Count), window.EndsAt, window.Count > most);
    }

    private readonly record struct RequestWindow(int Count, DateTime EndsAt);
}

/// <summary>How many requests an address has left.</summary>
/// <param name="Most">In the whole window.</param>
/// <param name="Left">In what remains of it.</param>
/// <param name="EndsAt">When the next window begins (UTC).</param>
/// <param name="IsOver">True when this request was one too many.</param>
public readonly record struct RequestStanding(int Most, int Left, DateTime EndsAt, bool IsOver);
