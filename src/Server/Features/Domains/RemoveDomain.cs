using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Domains;

/// <summary>Removes a custom domain of an app.</summary>
public sealed class RemoveDomain(Db db, TakeApp take)
{
    /// <summary>
    /// Refuses with <see cref="Reason.Required"/>, <see cref="Reason.InvalidFormat"/>, <see cref="Reason.NotFound"/>,
    /// or with what <see cref="FindApp"/> refuses.
    /// </summary>
    public Task<Outcome<Done>> Run(Caller caller, string? name, string? fqdn, CancellationToken stop) =>
        db.Write(() => Remove(caller, name, fqdn, stop), stop);

    private async Task<Outcome<Done>> Remove(Caller caller, string? name, string? fqdn, CancellationToken stop)
    {
        if (!(await take.Run(caller, name, AppRole.Collaborator, stop)).Is(out var taken, out var refusal))
            return refusal;
        if (!HostName.Parse(fqdn).Is(out var host, out refusal)) return refusal;
        var domain = await db.Domains.AsNoTracking()
            .SingleOrDefaultAsync(d => d.AppId == taken.App.Id && d.Fqdn == host.Text, stop);
        if (domain is null) return Reason.NotFound;
        await db.Domains.Where(d => d.Id == domain.Id).ExecuteDeleteAsync(stop);
        await db.Apps.Where(a => a.Id == taken.App.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.DomainCount, a => a.DomainCount - 1), stop);
        var change = new AppChange(AuditEvent.DomainRemoved, host.Text, $"{domain.Id:D}") { Fqdn = host.Text };
        await db.Tell(caller, taken, change, stop);
        return Done.It;
    }
}
