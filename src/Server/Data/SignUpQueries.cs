using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Data;

/// <summary>Finds claims on addresses. Every query asks for the time: what ended is not there.</summary>
public static class SignUpQueries
{
    /// <summary>Claims that are still waiting for their proof, the newest first.</summary>
    public static IQueryable<SignUp> Waiting(this IQueryable<SignUp> signUps, string email, DateTime now) => signUps
        .Where(s => s.Email == email && s.ConfirmedAt == null && s.ExpiresAt > now)
        .OrderByDescending(s => s.CreatedAt);

    /// <summary>A running sign-up by the hash of its handle.</summary>
    public static Task<SignUp?> FindByHandle(
        this IQueryable<SignUp> signUps, byte[] hash, DateTime now, CancellationToken stop) =>
        signUps.SingleOrDefaultAsync(s => s.HandleHash == hash && s.ExpiresAt > now, stop);

    /// <summary>A claim by the hash of its link's token.</summary>
    public static Task<SignUp?> FindByLink(
        this IQueryable<SignUp> signUps, byte[] hash, DateTime now, CancellationToken stop) =>
        signUps.SingleOrDefaultAsync(
            s => s.LinkHash == hash && s.LinkExpiresAt > now && s.ExpiresAt > now && s.ConfirmedAt == null, stop);
}
