using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Passwords;

/// <summary>
/// What the page behind a reset link says before a new password is typed. Changes nothing, so that a mail scanner may
/// look as often as it likes.
/// </summary>
public sealed class ShowPasswordReset(Db db, MasterKey key, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.InvalidToken"/>.</summary>
    public async Task<Outcome<WaitingPasswordReset>> Run(string? token, CancellationToken stop)
    {
        if (!OneTimeToken.IsLink(token)) return new Refusal(Reason.InvalidToken, Field.Token);
        var (hash, now) = (key.HashOfLink(token!), clock.UtcNow());
        var waiting = await db.PasswordResets.AsNoTracking()
            .Where(r => r.Hash == hash && r.ExpiresAt > now)
            .Join(
                db.Accounts.Where(a => a.ClosedAt == null),
                r => r.AccountId,
                a => a.Id,
                (r, a) => new WaitingPasswordReset(a.EmailSpelling, r.ExpiresAt)
                {
                    Google = db.ExternalLogins
                        .Where(l => l.AccountId == a.Id).Select(l => l.EmailSpelling).FirstOrDefault(),
                })
            .SingleOrDefaultAsync(stop);
        return waiting is not null ? waiting : new Refusal(Reason.InvalidToken, Field.Token);
    }
}

/// <summary>A password reset that can still be used.</summary>
/// <param name="Email">The address of the account.</param>
/// <param name="ExpiresAt">Until when (UTC).</param>
public sealed record WaitingPasswordReset(string Email, DateTime ExpiresAt)
{
    /// <summary>The Google account that will be unlinked, by its address when it was linked; null for none.</summary>
    public string? Google { get; init; }
}
