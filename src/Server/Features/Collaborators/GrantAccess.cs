using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Collaborators;

/// <summary>
/// Lets somebody work on an app, by address. Whether the address has an account shows nowhere: there is the same
/// answer, the same work and the same mail.
/// </summary>
public sealed class GrantAccess(Db db, TakeApp take, Tariff tariff, Postbox postbox, MailLimits limits)
{
    /// <summary>
    /// For the owner only. Somebody who is there already gets the role that is named now. Refuses with
    /// <see cref="Reason.Required"/>, <see cref="Reason.InvalidFormat"/>, <see cref="Reason.Taken"/> (the owner's own
    /// address), <see cref="Reason.TierLimit"/>, <see cref="Reason.Suspended"/>, or with what <see cref="FindApp"/>
    /// refuses.
    /// </summary>
    public Task<Outcome<Done>> Run(
        Caller caller, string? name, string? email, string? role, CancellationToken stop) =>
        db.Write(() => Grant(caller, name, email, role, stop), stop);

    private async Task<Outcome<Done>> Grant(
        Caller caller, string? name, string? email, string? role, CancellationToken stop)
    {
        if (!(await take.Run(caller, name, AppRole.Owner, stop)).Is(out var taken, out var refusal)) return refusal;
        if (!EmailAddress.Parse(email).Is(out var address, out refusal)) return refusal;
        if (!RoleOf(role).Is(out var wanted, out refusal)) return refusal;
        if (address.Canonical == taken.Owner.Email) return new Refusal(Reason.Taken, Field.Email);
        if (taken.IsSuspended) return Reason.Suspended;
        var person = new Collaborator
        {
            AppId = taken.App.Id,
            Email = address.Canonical,
            EmailSpelling = address.Spelling,
            AccountId = await db.Accounts.Confirmed()
                .Where(a => a.Email == address.Canonical).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(stop),
            Role = wanted,
            CreatedAt = taken.Now,
        };
        if (await ChangeRole(person, stop) == 0 && await Add(taken, person, stop) is { } refused) return refused;
        await db.Tell(caller, taken, new AppChange(AuditEvent.AccessGranted, NameOf(wanted)), stop);
        var mail = new AccessGrantedMail(taken.Owner.EmailSpelling, taken.App.Name, wanted, taken.Now);
        db.OutboxMails.Add(await limits.Allow("access", caller, address, stop)
            ? postbox.Write(address, mail, taken.Now)
            : postbox.WriteNothing(taken.Now));
        return Done.It;
    }

    /// <summary>
    /// Another role is access that was given now. Who proved the address since it was named has it from here on.
    /// </summary>
    private Task<int> ChangeRole(Collaborator person, CancellationToken stop) => db.Collaborators
        .Where(c => c.AppId == person.AppId && c.Email == person.Email)
        .ExecuteUpdateAsync(
            set => set
                .SetProperty(c => c.CreatedAt, c => c.Role == person.Role ? c.CreatedAt : person.CreatedAt)
                .SetProperty(c => c.AccountId, c => c.AccountId ?? person.AccountId)
                .SetProperty(c => c.Role, person.Role),
            stop);

    private async Task<Refusal?> Add(TakenApp taken, Collaborator person, CancellationToken stop)
    {
        var (owner, most) = (taken.Owner, taken.Limits.Collaborators);
        var counted = await db.Apps
            .Where(a => a.Id == taken.App.Id && a.CollaboratorCount < most)
            .Where(a => db.Accounts.Any(o => o.Id == owner.Id && o.Tier == owner.Tier && o.SuspendedAt == null))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.CollaboratorCount, a => a.CollaboratorCount + 1), stop);
        if (counted == 0)
            return owner.SuspendedAt is null
                ? tariff.OneMore(Limited.Collaborators, owner.Tier, taken.App.CollaboratorCount)
                : new Refusal(Reason.Suspended);
        db.Collaborators.Add(person);
        return null;
    }

    private static Outcome<AppRole> RoleOf(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        null or "" or "COLLABORATOR" => AppRole.Collaborator,
        "VIEWER" => AppRole.Viewer,
        _ => new Refusal(Reason.InvalidFormat, Field.Role),
    };

    private static string NameOf(AppRole role) => role switch
    {
        AppRole.Viewer => "viewer",
        AppRole.Collaborator => "collaborator",
        AppRole.Owner => "owner",
    };
}
