using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gatehouse.Data.Mappings;

/// <summary>
/// Prices and invoices. No foreign key leads to the account: they outlive it, and hold nothing of it but an opaque id.
/// </summary>
internal sealed class InvoiceMapping :
    IEntityTypeConfiguration<PriceVersion>,
    IEntityTypeConfiguration<Billing>,
    IEntityTypeConfiguration<Invoice>,
    IEntityTypeConfiguration<InvoiceLine>,
    IEntityTypeConfiguration<InvoiceSlice>,
    IEntityTypeConfiguration<InvoiceDebt>,
    IEntityTypeConfiguration<InvoiceSeries>
{
    public void Configure(EntityTypeBuilder<PriceVersion> builder)
    {
        builder.HasKey(version => version.Number);
        builder.Property(version => version.Number).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<Billing> builder)
    {
        builder.HasKey(billing => billing.AccountId);
        builder.Property(billing => billing.CapAction).HasConversion<string>();
        builder.HasIndex(billing => new { billing.InvoiceDueAt, billing.AccountId })
            .HasDatabaseName("billings_invoice")
            .HasFilter("invoice_due_at IS NOT NULL");
        builder.HasIndex(billing => new { billing.PrepaidDueAt, billing.AccountId })
            .HasDatabaseName("billings_prepaid")
            .HasFilter("prepaid_due_at IS NOT NULL");
        builder.HasIndex(billing => new { billing.CapDueAt, billing.AccountId })
            .HasDatabaseName("billings_cap")
            .HasFilter("cap_due_at IS NOT NULL");
        builder.ToTable(table => table.HasCheckConstraint(
            "billings_not_negative", "prepaid_nanos >= 0 AND (cap_nanos IS NULL OR cap_nanos >= 0)"));
    }

    public void Configure(EntityTypeBuilder<Invoice> builder)
    {
        builder.HasKey(invoice => invoice.Number);
        builder.Property(invoice => invoice.Number).ValueGeneratedNever();
        // The rule itself: whatever runs twice, a period of an account has one invoice.
        builder.HasIndex(invoice => new { invoice.AccountId, invoice.StartsAt })
            .HasDatabaseName("invoices_period")
            .IsUnique();
        builder.ToTable(table => table.HasCheckConstraint(
            "invoices_amounts", "ends_at > starts_at AND due_nanos >= 0 AND prepaid_nanos >= 0"));
    }

    public void Configure(EntityTypeBuilder<InvoiceLine> builder)
    {
        builder.HasKey(line => new { line.Number, line.Line });
        builder.Property(line => line.Kind).HasConversion<string>();
        builder.HasOne<Invoice>().WithMany().HasForeignKey(line => line.Number).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<InvoiceSlice> builder)
    {
        builder.HasKey(slice => new { slice.Number, slice.Line, slice.Position });
        builder.HasOne<UsageInterval>()
            .WithMany()
            .HasForeignKey(slice => slice.IntervalId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.ToTable(table => table.HasCheckConstraint(
            "invoice_slices_forward", "ends_at > starts_at AND sign IN (-1, 1)"));
    }

    public void Configure(EntityTypeBuilder<InvoiceDebt> builder)
    {
        builder.HasKey(debt => debt.Number);
        builder.Property(debt => debt.Number).ValueGeneratedNever();
        builder.HasIndex(debt => new { debt.AccountId, debt.Number }).HasDatabaseName("invoice_debts_account");
        builder.HasIndex(debt => new { debt.NextTryAt, debt.Number })
            .HasDatabaseName("invoice_debts_due")
            .HasFilter("next_try_at IS NOT NULL");
        builder.ToTable(table => table.HasCheckConstraint(
            "invoice_debts_amounts", "open_nanos >= 0 AND charged_nanos >= 0"));
    }

    public void Configure(EntityTypeBuilder<InvoiceSeries> builder) =>
        builder.Property(series => series.Id).ValueGeneratedNever();
}
