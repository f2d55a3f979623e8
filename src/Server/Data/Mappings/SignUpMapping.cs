using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gatehouse.Data.Mappings;

internal sealed class SignUpMapping : IEntityTypeConfiguration<SignUp>
{
    public void Configure(EntityTypeBuilder<SignUp> builder)
    {
        builder.Ignore(signUp => signUp.Next);
        builder.Ignore(signUp => signUp.Identity);
        builder.HasIndex(signUp => signUp.HandleHash).HasDatabaseName("sign_ups_handle").IsUnique();
        builder.HasIndex(signUp => signUp.LinkHash).HasDatabaseName("sign_ups_link").IsUnique();
        builder.HasIndex(signUp => new { signUp.Email, signUp.CreatedAt }).HasDatabaseName("sign_ups_email");
        builder.HasIndex(signUp => signUp.ExpiresAt).HasDatabaseName("sign_ups_expiry");
        builder.HasOne<Account>().WithMany().HasForeignKey(signUp => signUp.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
