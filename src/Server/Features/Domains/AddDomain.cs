using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Domains;

/// <summary>Adds a host name under which an app is reached.</summary>
public sealed class AddDomain(Db db, TakeApp take, Tariff tariff, Settings settings, PublicUrl publicUrl)
{
    /// <summary>
    /// Where the name has to point (CNAME). Refuses with <see cref="Reason.Required"/>,
    /// <see cref="Reason.InvalidFormat"/>, <see cref="Reason.Taken"/> (also for names of the platform itself),
    /// <see cref="Reason.TierLimit"/>, <see cref="Reason.Suspended"/>, or with what <see cref="FindApp"/> refuses.
    /// </summary>
    public async Task<Outcome<AddedDomain>> Run(Caller caller, string? name, string? fqdn, CancellationToken stop)
    {
        try
        {
            return await db.Write(() => Add(caller, name, fqdn, stop), stop);
        }
        catch (Exception taken) when (db.IsTaken(taken))
        {
            return Taken;
        }
    }

    private static Refusal Taken => new(Reason.Taken, Field.Fqdn);

    private async Task<Outcome<AddedDomain>> Add(Caller caller, string? name, string? fqdn, CancellationToken stop)
    {
        if (!(await take.Run(caller, name, AppRole.Collaborator, stop)).Is(out var taken, out var refusal))
            return refusal;
        if (!HostName.Parse(fqdn).Is(out var host, out refusal)) return refusal;
        if (taken.IsSuspended) return Reason.Suspended;
        if (Touches(host, settings.Apps.DnsZone) || Touches(host, new Uri(publicUrl.Base).IdnHost)) return Taken;
        if (await Count(taken, stop) == 0)
            return taken.Owner.SuspendedAt is null
                ? tariff.OneMore(Limited.Domains, taken.Owner.Tier, taken.App.DomainCount)
                : Reason.Suspended;
        var domain = new CustomDomain
        {
            Id = Guid.CreateVersion7(taken.Now),
            AppId = taken.App.Id,
            Fqdn = host.Text,
            CreatedAt = taken.Now,
        };
        db.Domains.Add(domain);
        var change = new AppChange(AuditEvent.DomainAdded, host.Text, $"{domain.Id:D}") { Fqdn = host.Text };
        await db.Tell(caller, taken, change, stop);
        return new AddedDomain(host.Text, $"{host.Text.Replace("*.", "", StringComparison.Ordinal)}.{Zone}");
    }

    /// <summary>Says whether a name is ours, below ours, or a wildcard over ours.</summary>
    private static bool Touches(HostName host, string ours) =>
        host.IsWithin(ours)
        || (host.Text.StartsWith("*.", StringComparison.Ordinal)
            && ours.EndsWith(host.Text[1..], StringComparison.OrdinalIgnoreCase));

    private string Zone => settings.Apps.DnsZone;

    private Task<int> Count(TakenApp taken, CancellationToken stop)
    {
        var (owner, most) = (taken.Owner, taken.Limits.Domains);
        return db.Apps
            .Where(a => a.Id == taken.App.Id && a.DomainCount < most)
            .Where(a => db.Accounts.Any(o => o.Id == owner.Id && o.Tier == owner.Tier && o.SuspendedAt == null))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.DomainCount, a => a.DomainCount + 1), stop);
    }
}

/// <summary>A domain that was added.</summary>
/// <param name="Fqdn">The name, as it is stored.</param>
/// <param name="Cname">Where its owner's name server has to point it.</param>
public sealed record AddedDomain(string Fqdn, string Cname);
