using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Passwords;
using Gatehouse.Platform;

namespace Gatehouse.Features.SignUps;

/// <summary>The step in which the new customer chooses a password; may be repeated until the account is made.</summary>
public sealed class ChoosePassword(Db db, HashNewPassword hash, SignUpLimits limits, MasterKey key, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/>, <see cref="Reason.Required"/> (the code comes first), <see
    /// cref="Reason.NotOffered"/> (an OpenID provider vouches for the address, which takes the place of a password),
    /// <see cref="Reason.TooManyAttempts"/>, or what <see cref="HashNewPassword"/> refuses, which is not counted.
    /// </summary>
    public async Task<Outcome<Done>> Run(string? handle, string? password, CancellationToken stop)
    {
        var signUp = await db.FindSignUp(key, handle, clock.UtcNow(), stop);
        if (signUp is null) return new Refusal(Reason.InvalidToken, Field.SignUp);
        if (signUp.Identity is not null) return new Refusal(Reason.NotOffered, Field.Password);
        if (signUp.ConfirmedAt is null) return new Refusal(Reason.Required, Field.ConfirmationCode);
        // Counted before it is hashed, so that a thousand at once cost no more hashes than one after the other.
        if ((await limits.TakePassword(signUp.Id, stop)).Refusal is { } tooMany) return tooMany;
        if (!(await hash.Run(password, [signUp.Email, signUp.EmailSpelling], stop)).Is(out var hashed, out var refusal))
        {
            await limits.GiveBackPassword(signUp.Id, stop);
            return refusal;
        }

        return await db.Write(() => Keep(signUp, hashed), stop);
    }

    private static Task<Outcome<Done>> Keep(SignUp signUp, string hash)
    {
        signUp.ChoosePassword(hash);
        return Task.FromResult<Outcome<Done>>(Done.It);
    }
}
