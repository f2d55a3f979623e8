using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Gatehouse.Gateways;
using Gatehouse.Platform;

namespace Gatehouse.Features.Databases;

/// <summary>What a database that somebody asks for would be, and whether there is money for it.</summary>
public sealed class PlanDatabase(RequireFunds funds, DatabaseServer server, Tariff tariff)
{
    /// <summary>
    /// Refuses with <see cref="Reason.TierLimit"/>, <see cref="Reason.NotInTier"/> (a free one for a paid account),
    /// <see cref="Reason.OutOfRange"/> (a size that is not for sale), <see cref="Reason.NotOffered"/> (version, cloud,
    /// region) or with what <see cref="RequireFunds"/> refuses.
    /// </summary>
    public async Task<Outcome<AppDatabase>> Run(TakenApp taken, WantedDatabase wanted, CancellationToken stop)
    {
        var tier = taken.Owner.Tier;
        if (tier == Tier.Free && !wanted.IsFree) return tariff.OneMore(Limited.PaidDatabases, tier, inUse: 0);
        if (tier == Tier.Standard && wanted.IsFree) return NoFreeOne();
        if (!DatabaseSize.Read(tariff, wanted.Gigabytes).Is(out var size, out var refusal)) return refusal;
        if (!VersionOf(wanted).Is(out var version, out refusal)) return refusal;
        var place = tariff.Places.FirstOrDefault(place =>
            place.Cloud == (wanted.Cloud ?? taken.App.Cloud)
            && (wanted.Region is null ? place.Cloud != taken.App.Cloud || place.Region == taken.App.Region
                : place.Region == wanted.Region));
        if (place.Region is null) return new Refusal(Reason.NotOffered, Field.Region);
        var month = tariff.DatabaseMonth(wanted.IsFree ? default : size);
        if (!(await funds.Run(taken.Owner, month, stop)).Is(out _, out refusal)) return refusal;
        return new AppDatabase
        {
            Id = Guid.CreateVersion7(taken.Now),
            AppId = taken.App.Id,
            OwnerId = taken.Owner.Id,
            Tier = tier,
            SizeMilli = wanted.IsFree ? 0 : size.Milli,
            Version = version,
            Cloud = place.Cloud,
            Region = place.Region,
            HighAvailability = false,
            State = DatabaseState.Pending,
            CreatedAt = taken.Now,
        };
    }

    /// <summary>One server has one version; until it was reached once, what was asked for stands.</summary>
    private Outcome<string> VersionOf(WantedDatabase wanted)
    {
        var known = server.KnownVersion is { } major ? $"POSTGRES_{major}" : null;
        if (wanted.Version is not { } version) return known ?? DatabaseSize.Versions[0];
        if (known is not null)
            return version == known
                ? version
                : new Refusal(Reason.NotOffered, Field.DatabaseVersion)
                {
                    Text = $"is not offered by this server, which has {known}",
                };
        return DatabaseSize.Versions.Contains(version, StringComparer.Ordinal)
            ? version
            : new Refusal(Reason.NotOffered, Field.DatabaseVersion);
    }

    private Refusal NoFreeOne()
    {
        var (size, month) = tariff.Databases[0];
        return new Refusal(Reason.NotInTier)
        {
            Text = "A STANDARD account has no free databases. "
                + $"The smallest one has {size} GB and costs {LimitText.Dollars(month)} a month.",
        };
    }
}
