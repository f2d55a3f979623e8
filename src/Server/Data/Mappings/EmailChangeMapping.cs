using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gatehouse.Data.Mappings;

internal sealed class EmailChangeMapping : IEntityTypeConfiguration<EmailChange>
{
    public void Configure(EntityTypeBuilder<EmailChange> builder)
    {
        builder.Ignore(change => change.PreviousAddress);
        builder.Ignore(change => change.NextAddress);
        builder.HasIndex(change => change.ConfirmHash).HasDatabaseName("email_changes_confirm").IsUnique();
        builder.HasIndex(change => change.RevokeHash).HasDatabaseName("email_changes_revoke").IsUnique();
        builder.HasOne<Account>().WithMany().HasForeignKey(change => change.AccountId);
    }
}
