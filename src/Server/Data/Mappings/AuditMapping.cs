using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gatehouse.Data.Mappings;

internal sealed class AuditMapping :
    IEntityTypeConfiguration<AuditEntry>, IEntityTypeConfiguration<AuditContext>, IEntityTypeConfiguration<AuditChain>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder) =>
        builder.HasKey(entry => new { entry.AccountId, entry.Sequence });

    public void Configure(EntityTypeBuilder<AuditContext> builder) =>
        builder.HasKey(context => new { context.AccountId, context.Sequence });

    public void Configure(EntityTypeBuilder<AuditChain> builder) => builder.HasKey(chain => chain.AccountId);
}
