using System.Globalization;

namespace Gatehouse.Domain;

/// <summary>
/// What things cost from a second on, until the next version begins. Written when a server starts with other prices
/// than the last ones, and never changed: bills of the past are recomputed with it.
/// </summary>
public sealed class PriceVersion
{
    /// <summary>1, 2, 3, …</summary>
    public required int Number { get; init; }

    /// <summary>Seconds since 1970, UTC; 0 for the first, which holds for all time before.</summary>
    public required long StartsAt { get; init; }

    /// <summary>Nano-dollars for one MB of a replica in a full month.</summary>
    public required long ReplicaMegabyteNanos { get; init; }

    /// <summary>
    /// Databases for sale, as <c>600=25.00 1700=50.00</c>: MB and dollars for a full month.
    /// </summary>
    public required string Databases { get; init; }

    /// <summary>Writes what databases cost as it is stored.</summary>
    public static string Write(IEnumerable<(Size Size, Money Month)> databases) => string.Join(' ', databases.Select(
        sold => string.Create(CultureInfo.InvariantCulture, $"{sold.Size.Milli}={Amount.Write(sold.Month)}")));

    /// <summary>What a database of a size costs in a full month; null when that size is not for sale.</summary>
    public long? DatabaseNanos(int sizeMilli)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{sizeMilli}=");
        var sold = Databases.Split(' ').FirstOrDefault(one => one.StartsWith(prefix, StringComparison.Ordinal));
        return sold is null ? null : Amount.Parse(sold[prefix.Length..])?.Nanos;
    }
}

/// <summary>All prices there ever were.</summary>
public sealed class PriceBook
{
    private readonly List<PriceVersion> versions;

    /// <summary>At least one version, in any order.</summary>
    public PriceBook(IEnumerable<PriceVersion> versions) =>
        this.versions = [.. versions.OrderBy(version => version.Number)];

    /// <summary>
    /// Cuts a stretch of time where prices changed; each part comes with the version that holds for all of it.
    /// </summary>
    public IEnumerable<(long From, long Until, PriceVersion Version)> Cut(long from, long until)
    {
        for (var i = 0; i < versions.Count; i++)
        {
            var start = i == 0 ? long.MinValue : versions[i].StartsAt;
            var end = i + 1 < versions.Count ? versions[i + 1].StartsAt : long.MaxValue;
            var (left, right) = (Math.Max(from, start), Math.Min(until, end));
            if (left < right) yield return (left, right, versions[i]);
        }
    }

    /// <summary>
    /// Nano-dollars a month: for one MB of a replica, or for a database of a size. A size that is sold no more keeps
    /// its last price.
    /// </summary>
    public long MonthNanos(Metered kind, int sizeMilli, int version) => kind switch
    {
        Metered.Replica => Of(version).ReplicaMegabyteNanos,
        Metered.Database => versions
            .Where(older => older.Number <= version)
            .Select(older => older.DatabaseNanos(sizeMilli))
            .LastOrDefault(nanos => nanos is not null) ?? 0,
    };

    /// <summary>The version of a number that there is.</summary>
    public PriceVersion Of(int number) => versions.First(version => version.Number == number);
}
