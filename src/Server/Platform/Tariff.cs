using System.Globalization;
using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>What each tier allows and what everything costs, read from the settings once (contract 5).</summary>
public sealed class Tariff
{
    /// <summary>Sizes of replicas go in steps of a tenth of a gigabyte.</summary>
    public const int SizeStepMilli = 100;

    private const decimal NanosPerDollar = 1_000_000_000m;

    private readonly TierLimits free;
    private readonly TierLimits standard;

    /// <summary>Reads the settings, which were checked at start (<see cref="SettingsMistakes"/>).</summary>
    public Tariff(Settings settings)
    {
        (free, standard) = (Limits(settings.Tiers.Free), Limits(settings.Tiers.Standard));
        ReplicaMegabyteNanos = ToNanos(settings.Prices.ReplicaMegabyte) ?? 0;
        Databases = ParseDatabases(settings.Prices.Databases) ?? [];
        Places = [.. Words(settings.Apps.Regions).Select(word => word.Split(':')).Select(p => (p[0], p[^1]))];
        Stacks = Words(settings.Apps.Stacks);
    }

    /// <summary>What a megabyte of a replica costs in a full month, in nano-dollars.</summary>
    public long ReplicaMegabyteNanos { get; }

    /// <summary>Sizes of databases with their price of a full month, the smallest first.</summary>
    public IReadOnlyList<(Size Size, Money Month)> Databases { get; }

    /// <summary>Where apps can run; the first is where they do unless asked.</summary>
    public IReadOnlyList<(string Cloud, string Region)> Places { get; }

    /// <summary>System images; the first is the usual one.</summary>
    public IReadOnlyList<string> Stacks { get; }

    /// <summary>What a tier allows.</summary>
    public TierLimits Of(Tier tier) => tier switch
    {
        Tier.Free => free,
        Tier.Standard => standard,
    };

    /// <summary>What replicas of one size cost in a full month.</summary>
    public Money ReplicaMonth(Size size, long replicas) =>
        new(checked(ReplicaMegabyteNanos * size.Milli * replicas));

    /// <summary>What a database of a size costs in a full month; nothing for sizes that are not for sale.</summary>
    public Money DatabaseMonth(Size size) => Databases.FirstOrDefault(sold => sold.Size == size).Month;

    /// <summary>Reads <c>0.6=25 1.7=50</c>; null when it is not of that form, with rising sizes.</summary>
    internal static IReadOnlyList<(Size Size, Money Month)>? ParseDatabases(string text)
    {
        var sizes = Words(text).Select(ParseDatabase).ToList();
        if (sizes.Count == 0 || sizes.Exists(sold => sold is null)) return null;
        var sold = sizes.Select(one => one!.Value).ToList();
        return sold.Zip(sold.Skip(1)).All(pair => pair.First.Size.Milli < pair.Second.Size.Milli) ? sold : null;
    }

    /// <summary>Dollars as nano-dollars; null when they have more than nine decimals, or are out of range.</summary>
    internal static long? ToNanos(decimal dollars) =>
        dollars is >= 0 and <= 1_000_000_000m && dollars * NanosPerDollar == decimal.Truncate(dollars * NanosPerDollar)
            ? (long)(dollars * NanosPerDollar)
            : null;

    internal static IReadOnlyList<string> Words(string text) =>
        text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static (Size Size, Money Month)? ParseDatabase(string text)
    {
        var parts = text.Split('=');
        if (parts.Length != 2) return null;
        if (Parse(parts[0]) is not { } gigabytes || Parse(parts[1]) is not { } dollars) return null;
        return Size.FromGigabytes(gigabytes) is { } size && ToNanos(dollars) is { } nanos
            ? (size, new Money(nanos))
            : null;
    }

    private static decimal? Parse(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static TierLimits Limits(TierSettings tier) => new(
        tier.Apps, tier.Replicas, Of(tier.SmallestSize), Of(tier.LargestSize),
        tier.Databases, tier.DatabaseRows, tier.Collaborators, tier.Domains);

    private static Size Of(decimal gigabytes) => Size.FromGigabytes(gigabytes) ?? default;
}
