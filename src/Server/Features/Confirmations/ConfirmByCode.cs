using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Confirmations;

/// <summary>
/// The step of a sign-up in which the person types the code. A try is counted before it is judged, in the statement
/// that asks whether there is one left. When the link was used meanwhile, any well-formed code does, and none at all
/// too.
/// </summary>
public sealed class ConfirmByCode(Db db, ProveAddress prove, MasterKey key, Settings settings, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/> (sign-up or code), <see cref="Reason.Expired"/>,
    /// <see cref="Reason.InvalidFormat"/> (costs no try) or <see cref="Reason.TooManyAttempts"/>.
    /// </summary>
    public Task<Outcome<Done>> Run(Caller caller, string? handle, string? code, CancellationToken stop)
    {
        var typed = code?.Trim() ?? "";
        return db.Write(() => Confirm(caller, handle, typed, clock.UtcNow(), stop), stop);
    }

    private async Task<Outcome<Done>> Confirm(
        Caller caller, string? handle, string code, DateTime now, CancellationToken stop)
    {
        if (await db.FindSignUp(key, handle, now, stop) is not { } signUp) return Invalid(Field.SignUp);
        if (signUp.ConfirmedByLink && (code == "" || OneTimeToken.IsCode(code))) return Done.It;
        if (code == "") return new Refusal(Reason.Required, Field.ConfirmationCode);
        if (!OneTimeToken.IsCode(code)) return new Refusal(Reason.InvalidFormat, Field.ConfirmationCode);
        if (signUp.ConfirmedAt is not null) return Invalid(Field.ConfirmationCode);
        if (!await CountTry(signUp.Id, now, stop)) return NoTryLeft(signUp, now);
        if (!await Consume(signUp.Id, code, now, stop)) return Invalid(Field.ConfirmationCode);
        return await prove.Run(caller, signUp, now, stop);
    }

    private async Task<bool> CountTry(Guid id, DateTime now, CancellationToken stop)
    {
        var most = settings.Limits.CodeTries == 0 ? int.MaxValue : settings.Limits.CodeTries;
        return await db.SignUps
            .Where(s => s.Id == id && s.CodeTries < most && s.CodeExpiresAt > now && s.ConfirmedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.CodeTries, s => s.CodeTries + 1), stop) == 1;
    }

    private async Task<bool> Consume(Guid id, string code, DateTime now, CancellationToken stop)
    {
        var hash = key.HashOfCode(id, code);
        return await db.SignUps
            .Where(s => s.Id == id && s.CodeHash == hash && s.CodeExpiresAt > now && s.ConfirmedAt == null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(s => s.ConfirmedAt, now)
                    .SetProperty(s => s.CodeHash, (byte[]?)null)
                    .SetProperty(s => s.LinkHash, (byte[]?)null),
                stop) == 1;
    }

    private static Refusal NoTryLeft(SignUp signUp, DateTime now) => signUp.CodeExpiresAt <= now
        ? new Refusal(Reason.Expired, Field.ConfirmationCode)
        : new Refusal(Reason.TooManyAttempts, Field.ConfirmationCode, RetryAfter: signUp.CodeExpiresAt - now);

    private static Refusal Invalid(Field field) => new(Reason.InvalidToken, field);
}
