using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gatehouse.Data.Mappings;

internal sealed class InstallationMapping :
    IEntityTypeConfiguration<OutboxMail>,
    IEntityTypeConfiguration<Counter>,
    IEntityTypeConfiguration<InstallationSecret>
{
    public void Configure(EntityTypeBuilder<OutboxMail> builder) =>
        builder.HasIndex(mail => mail.DueAt).HasDatabaseName("outbox_mails_due");

    public void Configure(EntityTypeBuilder<Counter> builder)
    {
        builder.HasKey(counter => counter.Key);
        builder.HasIndex(counter => counter.EndsAt).HasDatabaseName("counters_end");
    }

    public void Configure(EntityTypeBuilder<InstallationSecret> builder) => builder.HasKey(secret => secret.Name);
}
