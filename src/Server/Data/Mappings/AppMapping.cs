using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gatehouse.Data.Mappings;

/// <summary>Apps and all that goes with them; what was used stays, because bills are made of it.</summary>
internal sealed class AppMapping :
    IEntityTypeConfiguration<App>,
    IEntityTypeConfiguration<CustomDomain>,
    IEntityTypeConfiguration<Collaborator>,
    IEntityTypeConfiguration<AppConfig>,
    IEntityTypeConfiguration<AppEvent>,
    IEntityTypeConfiguration<AppDatabase>,
    IEntityTypeConfiguration<HostedDatabase>,
    IEntityTypeConfiguration<AppPod>,
    IEntityTypeConfiguration<UsageInterval>
{
    public void Configure(EntityTypeBuilder<App> builder)
    {
        builder.Ignore(app => app.Size);
        builder.HasIndex(app => app.Name).HasDatabaseName("apps_name").IsUnique();
        builder.HasIndex(app => new { app.OwnerId, app.Id }).HasDatabaseName("apps_owner");
        builder.HasOne<Account>().WithMany().HasForeignKey(app => app.OwnerId).OnDelete(DeleteBehavior.Restrict);
        builder.ToTable(table => table.HasCheckConstraint(
            "apps_not_negative", "replicas >= 0 AND size_milli > 0 AND domain_count >= 0 AND collaborator_count >= 0"));
    }

    public void Configure(EntityTypeBuilder<CustomDomain> builder)
    {
        builder.HasIndex(domain => domain.Fqdn).HasDatabaseName("domains_fqdn").IsUnique();
        builder.HasOne<App>().WithMany().HasForeignKey(domain => domain.AppId);
    }

    public void Configure(EntityTypeBuilder<Collaborator> builder)
    {
        builder.HasKey(collaborator => new { collaborator.AppId, collaborator.Email });
        builder.Property(collaborator => collaborator.Role).HasConversion<string>();
        builder.HasIndex(collaborator => collaborator.AccountId).HasDatabaseName("collaborators_account");
        builder.HasOne<App>().WithMany().HasForeignKey(collaborator => collaborator.AppId);
        builder.HasOne<Account>().WithMany().HasForeignKey(collaborator => collaborator.AccountId);
    }

    public void Configure(EntityTypeBuilder<AppConfig> builder)
    {
        builder.HasKey(config => new { config.AppId, config.Name });
        builder.HasOne<App>().WithMany().HasForeignKey(config => config.AppId);
    }

    public void Configure(EntityTypeBuilder<AppEvent> builder)
    {
        builder.HasIndex(happened => new { happened.AppId, happened.Id }).HasDatabaseName("app_events_app");
        builder.HasOne<App>().WithMany().HasForeignKey(happened => happened.AppId);
    }

    public void Configure(EntityTypeBuilder<AppDatabase> builder)
    {
        builder.Ignore(database => database.SealContext);
        builder.Property(database => database.Tier).HasConversion<string>();
        builder.Property(database => database.State).HasConversion<string>();
        builder.HasIndex(database => new { database.AppId, database.Id }).HasDatabaseName("app_databases_app");
        builder.HasIndex(database => database.OwnerId).HasDatabaseName("app_databases_owner");
        builder.HasOne<App>().WithMany().HasForeignKey(database => database.AppId);
    }

    /// <summary>No foreign key: it outlives app, account and database until it was dropped on its server.</summary>
    public void Configure(EntityTypeBuilder<HostedDatabase> builder) =>
        builder.Property(hosted => hosted.Id).ValueGeneratedNever();

    public void Configure(EntityTypeBuilder<AppPod> builder)
    {
        builder.HasKey(pod => new { pod.AppId, pod.Position });
        builder.HasOne<App>().WithMany().HasForeignKey(pod => pod.AppId);
    }

    public void Configure(EntityTypeBuilder<UsageInterval> builder)
    {
        builder.Property(usage => usage.Kind).HasConversion<string>();
        builder.HasIndex(usage => usage.ResourceId)
            .HasDatabaseName("usage_intervals_open")
            .HasFilter("ends_at IS NULL")
            .IsUnique();
        builder.HasIndex(usage => new { usage.AccountId, usage.StartsAt }).HasDatabaseName("usage_intervals_account");
        builder.HasIndex(usage => new { usage.AccountId, usage.EndsAt }).HasDatabaseName("usage_intervals_end");
        builder.HasIndex(usage => usage.AccountId)
            .HasDatabaseName("usage_intervals_unbilled")
            .HasFilter("ends_at IS NULL OR billed_until IS NULL OR billed_until <> ends_at");
        builder.ToTable(table => table.HasCheckConstraint(
            "usage_intervals_forward",
            "quantity > 0 AND size_milli > 0 AND (ends_at IS NULL OR ends_at >= starts_at)"));
    }
}
