using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Data;

/// <summary>
/// Every table on one screen. One model for both databases; <see cref="SqliteDb"/> and <see cref="PostgresDb"/> only
/// add what their database does differently.
/// </summary>
public abstract class Db(DbContextOptions options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<SignUp> SignUps => Set<SignUp>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<EmailChange> EmailChanges => Set<EmailChange>();

    public DbSet<PasswordReset> PasswordResets => Set<PasswordReset>();

    public DbSet<SecondFactor> SecondFactors => Set<SecondFactor>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<ExternalLogin> ExternalLogins => Set<ExternalLogin>();

    public DbSet<ProviderVisit> ProviderVisits => Set<ProviderVisit>();

    public DbSet<TerminalLogin> TerminalLogins => Set<TerminalLogin>();

    public DbSet<SshKey> SshKeys => Set<SshKey>();

    public DbSet<App> Apps => Set<App>();

    public DbSet<CustomDomain> Domains => Set<CustomDomain>();

    public DbSet<Collaborator> Collaborators => Set<Collaborator>();

    public DbSet<AppConfig> AppConfigs => Set<AppConfig>();

    public DbSet<AppEvent> AppEvents => Set<AppEvent>();

    public DbSet<AppDatabase> AppDatabases => Set<AppDatabase>();

    public DbSet<HostedDatabase> HostedDatabases => Set<HostedDatabase>();

    public DbSet<AppPod> AppPods => Set<AppPod>();

    public DbSet<UsageInterval> UsageIntervals => Set<UsageInterval>();

    public DbSet<PriceVersion> PriceVersions => Set<PriceVersion>();

    public DbSet<Billing> Billings => Set<Billing>();

    public DbSet<Invoice> Invoices => Set<Invoice>();

    public DbSet<InvoiceLine> InvoiceLines => Set<InvoiceLine>();

    public DbSet<InvoiceSlice> InvoiceSlices => Set<InvoiceSlice>();

    public DbSet<InvoiceDebt> InvoiceDebts => Set<InvoiceDebt>();

    public DbSet<InvoiceSeries> InvoiceSeries => Set<InvoiceSeries>();

    public DbSet<PaymentMethod> PaymentMethods => Set<PaymentMethod>();

    public DbSet<CardSetup> CardSetups => Set<CardSetup>();

    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<Refund> Refunds => Set<Refund>();

    public DbSet<PromoCode> PromoCodes => Set<PromoCode>();

    public DbSet<PromoRedemption> PromoRedemptions => Set<PromoRedemption>();

    public DbSet<SandboxObject> SandboxObjects => Set<SandboxObject>();

    public DbSet<LedgerAccount> LedgerAccounts => Set<LedgerAccount>();

    public DbSet<LedgerTransaction> LedgerTransactions => Set<LedgerTransaction>();

    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();

    public DbSet<LedgerChain> LedgerChains => Set<LedgerChain>();

    public DbSet<LedgerBlock> LedgerBlocks => Set<LedgerBlock>();

    public DbSet<PromoLot> PromoLots => Set<PromoLot>();

    public DbSet<CreditHold> CreditHolds => Set<CreditHold>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<AuditContext> AuditContexts => Set<AuditContext>();

    public DbSet<AuditChain> AuditChains => Set<AuditChain>();

    public DbSet<OutboxMail> OutboxMails => Set<OutboxMail>();

    public DbSet<PlatformMessage> PlatformMessages => Set<PlatformMessage>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    public DbSet<ServiceKey> ServiceKeys => Set<ServiceKey>();

    public DbSet<Counter> Counters => Set<Counter>();

    public DbSet<InstallationSecret> InstallationSecrets => Set<InstallationSecret>();

    /// <summary>Says whether an error is the database's word that a value is taken.</summary>
    public abstract bool IsTaken(Exception error);

    /// <summary>
    /// Makes sure that what was deleted is in no file any more, where the database would keep it for long.
    /// </summary>
    public virtual Task Checkpoint(CancellationToken stop) => Task.CompletedTask;

    /// <summary>The database's own clock (UTC), to hold the node's clock against.</summary>
    public abstract Task<DateTime> ReadClock(CancellationToken stop);

    /// <summary>
    /// Runs a change as one transaction: what <paramref name="change"/> did is committed when it returns and undone
    /// when it throws. A change that met another one in the database (deadlock, serialisation) runs again from its
    /// start; so does one that drew a random name which is taken, <paramref name="namesToTry"/> times in all.
    /// </summary>
    public async Task<T> Write<T>(Func<Task<T>> change, CancellationToken stop, int namesToTry = 1)
    {
        // What was loaded before the change and is changed by it has to be as it was when the change runs again.
        var loaded = ChangeTracker.Entries().Select(entry => entry.Entity).ToList();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteOnce(change, stop);
            }
            catch (Exception met) when ((attempt < 4 && IsCollision(met)) || (attempt < namesToTry && IsTaken(met)))
            {
                ChangeTracker.Clear();
                foreach (var entity in loaded) await Attach(entity).ReloadAsync(stop);
            }
        }
    }

    /// <summary>
    /// Runs queries that all see the database as it was at the first of them, whatever is changed meanwhile.
    /// </summary>
    public abstract Task<T> ReadAtOnce<T>(Func<Task<T>> queries, CancellationToken stop);

    /// <summary>Says whether an error means that another change was in the way and this one was undone.</summary>
    protected abstract bool IsCollision(Exception error);

    /// <summary>Waits for the turn to write; disposing the answer gives the turn back.</summary>
    protected abstract Task<IDisposable?> TakeTurn(CancellationToken stop);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(Db).Assembly);
        modelBuilder.UseSnakeCase();
        modelBuilder.ReadTimesAsUtc();
    }

    private async Task<T> WriteOnce<T>(Func<Task<T>> change, CancellationToken stop)
    {
        using var turn = await TakeTurn(stop);
        await using var transaction = await Database.BeginTransactionAsync(stop);
        var result = await change();
        await SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return result;
    }
}
