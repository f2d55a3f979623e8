using System.Text;
using Gatehouse.Cli.Api;

namespace Gatehouse.Cli.Storage;

/// <summary>Which server a run speaks to, and the one that the last log-in remembered.</summary>
internal static class KnownServer
{
    /// <summary>Where <c>./gatehouse serve</c> listens.</summary>
    public const string Default = "http://127.0.0.1:5080";

    /// <summary>The address given on purpose: <c>--host</c>, else the environment. Null when there is none.</summary>
    public static ServerAddress? Given(string? flag, Surroundings surroundings)
    {
        (string? Address, string Source)[] places =
        [
            (flag, "--host"),
            (surroundings.NonEmpty("GATEHOUSE_HOST"), "GATEHOUSE_HOST"),
            (surroundings.NonEmpty("GIGALIXIR_CLI__HOST"), "GIGALIXIR_CLI__HOST"),
        ];
        var (address, source) = Array.Find(places, place => place.Address is not null);
        return address is null ? null : ServerAddress.Parse(address, source);
    }

    /// <summary>The address that the last log-in remembered, else the one of a server on this machine.</summary>
    public static ServerAddress Remembered(Surroundings surroundings)
    {
        var path = PathIn(surroundings);
        return PrivateFile.Read(path) is { } stored
            ? ServerAddress.Parse(Encoding.UTF8.GetString(stored).Trim(), path)
            : ServerAddress.Parse(Default, "the default");
    }

    /// <summary>Remembers the address for the runs to come.</summary>
    public static Task Remember(ServerAddress address, Surroundings surroundings, CancellationToken cancelled) =>
        PrivateFile.Change(
            PathIn(surroundings), _ => Encoding.UTF8.GetBytes($"{address}\n"), surroundings, cancelled);

    private static string PathIn(Surroundings surroundings) => Path.Combine(surroundings.ConfigDirectory, "server");
}
