using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.ApiKeys;
using Gatehouse.Features.Collaborators;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.SignUps;

/// <summary>
/// Last step: the account, its first key and the first lines of its audit log come into being together.
/// </summary>
public sealed class CompleteSignUp(
    Db db, CreateLoginKey createKey, LoginLimits limits, MasterKey key, TimeProvider clock)
{
    // A random user name meets an existing one about never; a taken address is still taken at the third try.
    private const int NamesToTry = 3;

    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/>, <see cref="Reason.Required"/> (a step is missing),
    /// <see cref="Reason.InvalidFormat"/> (no such tier), <see cref="Reason.CardRequired"/>, or
    /// <see cref="Reason.Taken"/> when another sign-up of the same owner was faster.
    /// </summary>
    public async Task<Outcome<NewAccount>> Run(
        Caller caller, string? handle, string? tier, string? device, CancellationToken stop)
    {
        if (!ParseTier(tier).Is(out var chosen, out var refusal)) return refusal;
        if (chosen == Tier.Standard) return new Refusal(Reason.CardRequired, Field.StripeToken);
        try
        {
            return await db.Write(() => Complete(caller, handle, device, clock.UtcNow(), stop), stop, NamesToTry);
        }
        catch (Exception taken) when (db.IsTaken(taken))
        {
            return new Refusal(Reason.Taken, Field.Email);
        }
    }

    private async Task<Outcome<NewAccount>> Complete(
        Caller caller, string? handle, string? device, DateTime now, CancellationToken stop)
    {
        var signUp = await db.FindSignUp(key, handle, now, stop);
        if (signUp is null) return Missing(Reason.InvalidToken, Field.SignUp);
        if (signUp.ConfirmedAt is null) return Missing(Reason.Required, Field.ConfirmationCode);
        if (signUp.PasswordHash is null) return Missing(Reason.Required, Field.Password);
        if (await db.SignUps.Where(s => s.Id == signUp.Id).ExecuteDeleteAsync(stop) == 0)
            return Missing(Reason.InvalidToken, Field.SignUp);
        var email = new EmailAddress(signUp.EmailSpelling, signUp.Email);
        var account = Account.Open(email, signUp.PasswordHash, signUp.ConfirmedAt, now);
        db.Accounts.Add(account);
        await db.SaveChangesAsync(stop);
        await db.BindAccess(account.Id, account.Email, stop);
        await db.Append(caller, account.Id, new AuditFact(AuditEvent.AccountCreated), now, stop);
        await db.Append(caller, account.Id, new AuditFact(AuditEvent.EmailConfirmed), now, stop);
        await limits.Know(caller, account.Id.ToString("D"), stop);
        return new NewAccount(account, await createKey.Run(caller, account.Id, device, loggedInAt: now, stop));
    }

    private static Refusal Missing(Reason reason, Field field) => new(reason, field);

    private static Outcome<Tier> ParseTier(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        null or "" => new Refusal(Reason.Required, Field.Tier),
        "FREE" => Tier.Free,
        "STANDARD" => Tier.Standard,
        _ => new Refusal(Reason.InvalidFormat, Field.Tier),
    };
}

/// <summary>An account that was just made, with the key of the device that made it.</summary>
public sealed record NewAccount(Account Account, Secret Key);
