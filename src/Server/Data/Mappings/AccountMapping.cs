using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gatehouse.Data.Mappings;

internal sealed class AccountMapping : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.Ignore(account => account.Address);
        builder.Ignore(account => account.Identities);
        builder.Property(account => account.Tier).HasConversion<string>();
        builder.Property(account => account.SuspendedFor).HasConversion<string>();
        // The rule itself: an address belongs to the one who confirmed it. Unconfirmed claims may be many.
        builder.HasIndex(account => account.Email)
            .HasDatabaseName("accounts_confirmed_email")
            .HasFilter("email_confirmed_at IS NOT NULL AND closed_at IS NULL")
            .IsUnique();
        builder.HasIndex(account => new { account.Email, account.CreatedAt }).HasDatabaseName("accounts_email");
        builder.HasIndex(account => account.UndoHash).HasDatabaseName("accounts_undo").IsUnique();
        builder.HasIndex(account => account.ClosedAt)
            .HasDatabaseName("accounts_closed")
            .HasFilter("closed_at IS NOT NULL");
        builder.HasIndex(account => account.UserNameCanonical).HasDatabaseName("accounts_user_name").IsUnique();
        builder.ToTable(table => table.HasCheckConstraint("accounts_counts", "app_count >= 0 AND database_count >= 0"));
    }
}
