using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Features.Databases;

/// <summary>What databases there are to choose from.</summary>
internal static class DatabaseSize
{
    /// <summary>The first is the one that is made unless asked.</summary>
    public static readonly IReadOnlyList<string> Versions =
        ["POSTGRES_17", "POSTGRES_16", "POSTGRES_15", "POSTGRES_14", "POSTGRES_18"];

    /// <summary>
    /// A size that is for sale, the smallest when null; refuses with <see cref="Reason.OutOfRange"/>.
    /// </summary>
    public static Outcome<Size> Read(Tariff tariff, decimal? gigabytes)
    {
        if (gigabytes is not { } number) return tariff.Databases[0].Size;
        return Size.FromGigabytes(number) is { } size && tariff.Databases.Any(sold => sold.Size == size)
            ? size
            : new Refusal(Reason.OutOfRange, Field.Size)
            {
                Text = $"should be one of {string.Join(", ", tariff.Databases.Select(sold => sold.Size))}",
            };
    }
}
