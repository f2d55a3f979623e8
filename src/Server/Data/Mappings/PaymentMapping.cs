using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gatehouse.Data.Mappings;

/// <summary>Cards, payments and promo codes.</summary>
internal sealed class PaymentMapping :
    IEntityTypeConfiguration<PaymentMethod>,
    IEntityTypeConfiguration<CardSetup>,
    IEntityTypeConfiguration<Payment>,
    IEntityTypeConfiguration<Refund>,
    IEntityTypeConfiguration<PromoCode>,
    IEntityTypeConfiguration<PromoRedemption>,
    IEntityTypeConfiguration<SandboxObject>
{
    public void Configure(EntityTypeBuilder<PaymentMethod> builder) =>
        builder.HasIndex(method => method.HolderId)
            .HasDatabaseName("payment_methods_current")
            .HasFilter("replaced_at IS NULL")
            .IsUnique();

    public void Configure(EntityTypeBuilder<CardSetup> builder) =>
        builder.HasIndex(setup => setup.ProviderRef).HasDatabaseName("card_setups_provider").IsUnique();

    public void Configure(EntityTypeBuilder<Payment> builder)
    {
        builder.Property(payment => payment.Purpose).HasConversion<string>();
        builder.Property(payment => payment.State).HasConversion<string>();
        builder.HasIndex(payment => new { payment.AccountId, payment.RequestKey })
            .HasDatabaseName("payments_request")
            .IsUnique();
        builder.HasIndex(payment => payment.CreatedAt)
            .HasDatabaseName("payments_started")
            .HasFilter("state = 'Started'");
        builder.HasIndex(payment => payment.InvoiceNumber)
            .HasDatabaseName("payments_invoice")
            .HasFilter("invoice_number IS NOT NULL");
        builder.ToTable(table => table.HasCheckConstraint(
            "payments_amount", "amount_nanos > 0 AND refunded_nanos BETWEEN 0 AND amount_nanos"));
    }

    public void Configure(EntityTypeBuilder<Refund> builder)
    {
        builder.Property(refund => refund.State).HasConversion<string>();
        builder.HasIndex(refund => refund.PaymentId)
            .HasDatabaseName("refunds_started")
            .HasFilter("state = 'Started'")
            .IsUnique();
        builder.HasIndex(refund => refund.AccountId).HasDatabaseName("refunds_account");
        builder.ToTable(table => table.HasCheckConstraint("refunds_amount", "amount_nanos > 0"));
    }

    public void Configure(EntityTypeBuilder<PromoCode> builder)
    {
        builder.HasKey(promo => promo.Code);
        builder.ToTable(table => table.HasCheckConstraint(
            "promo_codes_uses", "credit_nanos > 0 AND uses >= 0 AND (most_uses IS NULL OR uses <= most_uses)"));
    }

    public void Configure(EntityTypeBuilder<PromoRedemption> builder)
    {
        builder.HasIndex(used => new { used.Code, used.AccountId }).HasDatabaseName("promo_account").IsUnique();
        builder.HasIndex(used => new { used.Code, used.AddressHash }).HasDatabaseName("promo_address").IsUnique();
        builder.HasIndex(used => new { used.Code, used.CardHash }).HasDatabaseName("promo_card").IsUnique();
    }

    public void Configure(EntityTypeBuilder<SandboxObject> builder) =>
        builder.HasIndex(made => made.RequestKey).HasDatabaseName("sandbox_objects_request").IsUnique();
}
