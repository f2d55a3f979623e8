using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Features.SignUps;

/// <summary>Where a sign-up stands, for a terminal that comes back to it.</summary>
public sealed class ShowSignUp(Db db, MasterKey key, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.InvalidToken"/>.</summary>
    public async Task<Outcome<SignUpProgress>> Run(string? handle, CancellationToken stop) =>
        await db.FindSignUp(key, handle, clock.UtcNow(), stop) is { } signUp
            ? new SignUpProgress(signUp.EmailSpelling, signUp.Next)
            : new Refusal(Reason.InvalidToken, Field.SignUp);
}

/// <summary>Where a sign-up stands.</summary>
/// <param name="Email">The address it claims.</param>
/// <param name="Next">What has to come next.</param>
public sealed record SignUpProgress(string Email, SignUpStep Next);
