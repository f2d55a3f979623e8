using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gatehouse.Data.Mappings;

/// <summary>What an account's owner logs in with besides keys; all of it goes with the account.</summary>
internal sealed class CredentialMapping :
    IEntityTypeConfiguration<PasswordReset>,
    IEntityTypeConfiguration<SecondFactor>,
    IEntityTypeConfiguration<RecoveryCode>,
    IEntityTypeConfiguration<Session>,
    IEntityTypeConfiguration<SshKey>
{
    public void Configure(EntityTypeBuilder<PasswordReset> builder)
    {
        builder.HasKey(reset => reset.AccountId);
        builder.HasIndex(reset => reset.Hash).HasDatabaseName("password_resets_hash").IsUnique();
        builder.HasOne<Account>().WithOne().HasForeignKey<PasswordReset>(reset => reset.AccountId);
    }

    public void Configure(EntityTypeBuilder<SecondFactor> builder)
    {
        builder.HasKey(factor => factor.AccountId);
        builder.HasOne<Account>().WithOne().HasForeignKey<SecondFactor>(factor => factor.AccountId);
    }

    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.HasKey(code => new { code.AccountId, code.Hash });
        builder.HasOne<Account>().WithMany().HasForeignKey(code => code.AccountId);
    }

    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.Property(session => session.Kind).HasConversion<string>();
        builder.HasIndex(session => session.Hash).HasDatabaseName("sessions_hash").IsUnique();
        builder.HasOne<Account>().WithMany().HasForeignKey(session => session.AccountId);
    }

    public void Configure(EntityTypeBuilder<SshKey> builder)
    {
        builder.HasIndex(key => new { key.AccountId, key.Fingerprint })
            .HasDatabaseName("ssh_keys_fingerprint")
            .IsUnique();
        builder.HasOne<Account>().WithMany().HasForeignKey(key => key.AccountId);
    }
}
