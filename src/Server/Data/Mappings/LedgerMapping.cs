using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gatehouse.Data.Mappings;

/// <summary>
/// The books. No foreign key leads to the account: they outlive it, and hold nothing of it but an opaque id.
/// </summary>
internal sealed class LedgerMapping :
    IEntityTypeConfiguration<LedgerAccount>,
    IEntityTypeConfiguration<LedgerTransaction>,
    IEntityTypeConfiguration<LedgerEntry>,
    IEntityTypeConfiguration<LedgerChain>,
    IEntityTypeConfiguration<LedgerBlock>,
    IEntityTypeConfiguration<PromoLot>,
    IEntityTypeConfiguration<CreditHold>
{
    public void Configure(EntityTypeBuilder<LedgerAccount> builder)
    {
        builder.HasKey(account => new { account.OwnerId, account.Kind });
        builder.Property(account => account.Kind).HasConversion<string>();
        builder.ToTable(table => table.HasCheckConstraint(
            "ledger_accounts_floor", "balance >= 0 OR kind NOT IN ('Wallet', 'Promo', 'Reserved')"));
    }

    public void Configure(EntityTypeBuilder<LedgerTransaction> builder)
    {
        builder.HasIndex(posting => posting.RequestKey).HasDatabaseName("ledger_transactions_request").IsUnique();
        builder.HasIndex(posting => posting.ReversedId).HasDatabaseName("ledger_transactions_reversed").IsUnique();
        builder.HasIndex(posting => new { posting.OwnerId, posting.Sequence })
            .HasDatabaseName("ledger_transactions_chain")
            .IsUnique();
        builder.HasIndex(posting => new { posting.Block, posting.Id }).HasDatabaseName("ledger_transactions_block");
    }

    public void Configure(EntityTypeBuilder<LedgerEntry> builder)
    {
        builder.HasKey(entry => new { entry.TransactionId, entry.Line });
        builder.Property(entry => entry.Kind).HasConversion<string>();
        builder.HasIndex(entry => new { entry.OwnerId, entry.Kind }).HasDatabaseName("ledger_entries_account");
        builder.HasOne<LedgerTransaction>()
            .WithMany()
            .HasForeignKey(entry => entry.TransactionId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.ToTable(table => table.HasCheckConstraint(
            "ledger_entries_amount",
            "amount <> 0 AND amount BETWEEN -1000000000000000000 AND 1000000000000000000"));
    }

    public void Configure(EntityTypeBuilder<LedgerChain> builder) => builder.HasKey(chain => chain.OwnerId);

    public void Configure(EntityTypeBuilder<LedgerBlock> builder)
    {
        builder.HasKey(block => block.Number);
        builder.Property(block => block.Number).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<PromoLot> builder)
    {
        builder.HasIndex(lot => new { lot.OwnerId, lot.ExpiresAt })
            .HasDatabaseName("promo_lots_owner")
            .HasFilter("remaining > 0");
        builder.ToTable(table => table.HasCheckConstraint(
            "promo_lots_remaining", "granted > 0 AND remaining BETWEEN 0 AND granted"));
    }

    public void Configure(EntityTypeBuilder<CreditHold> builder)
    {
        builder.HasIndex(hold => new { hold.OwnerId, hold.Id }).HasDatabaseName("credit_holds_owner");
        builder.HasIndex(hold => hold.ExpiresAt).HasDatabaseName("credit_holds_open").HasFilter("ended_at IS NULL");
    }
}
