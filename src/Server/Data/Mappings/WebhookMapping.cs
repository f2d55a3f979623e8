using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gatehouse.Data.Mappings;

/// <summary>What the platform is told, and the keys by which it tells us something.</summary>
internal sealed class WebhookMapping :
    IEntityTypeConfiguration<PlatformMessage>,
    IEntityTypeConfiguration<Webhook>,
    IEntityTypeConfiguration<WebhookDelivery>,
    IEntityTypeConfiguration<ServiceKey>
{
    public void Configure(EntityTypeBuilder<PlatformMessage> builder)
    {
        builder.HasIndex(message => new { message.AccountId, message.Sequence })
            .HasDatabaseName("platform_messages_account").IsUnique();
        builder.HasIndex(message => message.At).HasDatabaseName("platform_messages_at");
    }

    public void Configure(EntityTypeBuilder<Webhook> builder) => builder.Ignore(webhook => webhook.Types);

    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.HasKey(delivery => new { delivery.MessageId, delivery.WebhookId });
        builder.Property(delivery => delivery.State).HasConversion<string>();
        builder.HasIndex(delivery => new { delivery.WebhookId, delivery.DueAt })
            .HasDatabaseName("webhook_deliveries_due").HasFilter("state = 'Pending'");
        builder.HasOne<PlatformMessage>().WithMany().HasForeignKey(delivery => delivery.MessageId);
        // Without a key to its address: removing that must not get in the way of a customer's change.
    }

    public void Configure(EntityTypeBuilder<ServiceKey> builder)
    {
        builder.HasIndex(key => key.Hash).HasDatabaseName("service_keys_hash").IsUnique();
        builder.HasIndex(key => key.Name).HasDatabaseName("service_keys_name").IsUnique();
    }
}
