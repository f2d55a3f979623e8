using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Databases;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>
/// Everything that is stored about the caller, for the caller: whole, and never a secret. The activity is not in here:
/// it proves itself and comes on its own, see <see cref="Audit.ShowActivity"/>.
/// </summary>
public sealed class ExportAccount(Db db, DescribeDatabase describe, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.</summary>
    public async Task<Outcome<AccountExport>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Everything).Is(out var id, out var refusal)) return refusal;
        return await db.Write(() => Export(caller, id, stop), stop);
    }

    private async Task<Outcome<AccountExport>> Export(Caller caller, Guid id, CancellationToken stop)
    {
        var now = clock.UtcNow();
        await db.Append(caller, id, new AuditFact(AuditEvent.AccountExported, KeyId: caller.Key?.KeyId), now, stop);
        return new AccountExport(
            now,
            await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == id, stop),
            await db.CreditsOf(id, now, stop),
            await db.ApiKeys.AsNoTracking().Where(k => k.AccountId == id).OrderBy(k => k.Id).ToListAsync(stop),
            await db.Sessions.AsNoTracking().Where(s => s.AccountId == id).OrderBy(s => s.Id).ToListAsync(stop),
            await db.SshKeys.AsNoTracking().Where(k => k.AccountId == id).OrderBy(k => k.Id).ToListAsync(stop),
            await db.EmailChanges.AsNoTracking().Where(c => c.AccountId == id).OrderBy(c => c.Id).ToListAsync(stop),
            await db.SecondFactors.AnyAsync(f => f.AccountId == id && f.ActivatedAt != null, stop))
        {
            ExternalLogins = await db.ExternalLogins.AsNoTracking()
                .Where(l => l.AccountId == id).OrderBy(l => l.Id).ToListAsync(stop),
            Apps = await ExportApps(id, stop),
            PaymentMethods = await db.PaymentMethods.AsNoTracking()
                .Where(m => m.HolderId == id).OrderBy(m => m.Id).ToListAsync(stop),
            Payments = await db.Payments.AsNoTracking()
                .Where(p => p.AccountId == id).OrderBy(p => p.Id).ToListAsync(stop),
            Postings = await ExportPostings(id, stop),
            Invoices = await db.Invoices.AsNoTracking()
                .Where(i => i.AccountId == id).OrderBy(i => i.Number).ToListAsync(stop),
            PlatformMessages = await db.PlatformMessages.AsNoTracking()
                .Where(m => m.AccountId == id).OrderBy(m => m.Sequence).ToListAsync(stop),
        };
    }

    private async Task<IReadOnlyList<PostingExport>> ExportPostings(Guid id, CancellationToken stop) => await db
        .LedgerTransactions.AsNoTracking()
        .Where(posting => posting.OwnerId == id)
        .OrderBy(posting => posting.Sequence)
        .Select(posting => new PostingExport(
            posting.Sequence,
            posting.At,
            posting.Kind,
            posting.Memo,
            db.LedgerEntries
                .Where(entry => entry.TransactionId == posting.Id && entry.OwnerId == id)
                .OrderBy(entry => entry.Line)
                .ToList()))
        .ToListAsync(stop);

    private async Task<IReadOnlyList<AppExport>> ExportApps(Guid id, CancellationToken stop)
    {
        var isSuspended = await db.Accounts.AnyAsync(a => a.Id == id && a.SuspendedAt != null, stop);
        var apps = await db.Apps.AsNoTracking()
            .Where(app => app.OwnerId == id)
            .OrderBy(app => app.Id)
            .Select(app => new
            {
                App = app,
                Domains = db.Domains.Where(domain => domain.AppId == app.Id).Select(domain => domain.Fqdn).ToList(),
                Databases = db.AppDatabases.Where(database => database.AppId == app.Id).ToList(),
                People = db.Collaborators.Where(person => person.AppId == app.Id).ToList(),
                Configs = db.AppConfigs.Where(config => config.AppId == app.Id).Select(config => config.Name).ToList(),
                Pods = db.AppPods.Where(pod => pod.AppId == app.Id).OrderBy(pod => pod.Position).ToList(),
            })
            .ToListAsync(stop);
        return
        [
            .. apps.Select(app => new AppExport(
                app.App,
                app.Domains,
                [.. app.Databases.Select(d => describe.Run(d, app.App.Name, isSuspended, mayConnect: false))],
                app.People,
                app.Configs,
                app.Pods)),
        ];
    }
}

/// <summary>What an export is made of; the surface leaves out what must not be shown.</summary>
public sealed record AccountExport(
    DateTime ExportedAt,
    Account Account,
    Money Credits,
    IReadOnlyList<ApiKey> ApiKeys,
    IReadOnlyList<Session> Sessions,
    IReadOnlyList<SshKey> SshKeys,
    IReadOnlyList<EmailChange> EmailChanges,
    bool HasSecondFactor)
{
    /// <summary>What opens it besides a password.</summary>
    public required IReadOnlyList<ExternalLogin> ExternalLogins { get; init; }

    /// <summary>The apps that the account owns, with all that belongs to them.</summary>
    public required IReadOnlyList<AppExport> Apps { get; init; }

    /// <summary>Its cards, the current one and those before it.</summary>
    public required IReadOnlyList<PaymentMethod> PaymentMethods { get; init; }

    /// <summary>Everything that was asked of its cards, however it went.</summary>
    public required IReadOnlyList<Payment> Payments { get; init; }

    /// <summary>All that was booked for it, the oldest first.</summary>
    public required IReadOnlyList<PostingExport> Postings { get; init; }

    /// <summary>Its invoices, the oldest first.</summary>
    public required IReadOnlyList<Invoice> Invoices { get; init; }

    /// <summary>What the platform was told about it in the last month, the oldest first.</summary>
    public required IReadOnlyList<PlatformMessage> PlatformMessages { get; init; }
}

/// <summary>A posting in an export, with the lines that are the account's own.</summary>
public sealed record PostingExport(
    long Sequence, DateTime At, string Kind, string Memo, IReadOnlyList<LedgerEntry> Lines);

/// <summary>An app in an export; of its variables the names, because their values are secrets.</summary>
public sealed record AppExport(
    App App,
    IReadOnlyList<string> Domains,
    IReadOnlyList<FoundDatabase> Databases,
    IReadOnlyList<Collaborator> People,
    IReadOnlyList<string> ConfigNames,
    IReadOnlyList<AppPod> Pods);
