using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gatehouse.Data.Mappings;

/// <summary>Logging in at an OpenID provider; all of it goes with the account.</summary>
internal sealed class ExternalLoginMapping :
    IEntityTypeConfiguration<ExternalLogin>,
    IEntityTypeConfiguration<ProviderVisit>,
    IEntityTypeConfiguration<TerminalLogin>
{
    public void Configure(EntityTypeBuilder<ExternalLogin> builder)
    {
        // The rule itself: an identity opens one account, and an account has one identity of a provider.
        builder.HasIndex(login => new { login.Issuer, login.Subject })
            .HasDatabaseName("external_logins_identity")
            .IsUnique();
        builder.HasIndex(login => new { login.AccountId, login.Issuer })
            .HasDatabaseName("external_logins_account")
            .IsUnique();
        builder.HasOne<Account>().WithMany().HasForeignKey(login => login.AccountId);
    }

    public void Configure(EntityTypeBuilder<ProviderVisit> builder)
    {
        builder.Ignore(visit => visit.Identity);
        builder.Property(visit => visit.Intent).HasConversion<string>();
        builder.Property(visit => visit.Stage).HasConversion<string>();
        builder.HasIndex(visit => visit.StateHash).HasDatabaseName("provider_visits_state").IsUnique();
        builder.HasIndex(visit => visit.BrowserHash).HasDatabaseName("provider_visits_browser").IsUnique();
        builder.HasIndex(visit => visit.ExpiresAt).HasDatabaseName("provider_visits_expiry");
        builder.HasOne<Account>().WithMany()
            .HasForeignKey(visit => visit.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<TerminalLogin>().WithMany()
            .HasForeignKey(visit => visit.TerminalLoginId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<TerminalLogin> builder)
    {
        builder.Property(login => login.Intent).HasConversion<string>();
        builder.Property(login => login.State).HasConversion<string>();
        builder.Property(login => login.FailedBecause).HasConversion<string>();
        builder.HasIndex(login => login.PollHash).HasDatabaseName("terminal_logins_poll").IsUnique();
        builder.HasIndex(login => login.VisitHash).HasDatabaseName("terminal_logins_visit").IsUnique();
        builder.HasIndex(login => login.ExpiresAt).HasDatabaseName("terminal_logins_expiry");
        builder.HasOne<Account>().WithMany()
            .HasForeignKey(login => login.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<SignUp>().WithMany()
            .HasForeignKey(login => login.SignUpId).OnDelete(DeleteBehavior.Cascade);
    }
}
