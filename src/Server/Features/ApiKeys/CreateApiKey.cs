using System.Globalization;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.Notices;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ApiKeys;

/// <summary>Makes a key by name, for a program: with an expiry and scopes if asked for.</summary>
public sealed class CreateApiKey(Db db, RequireStepUp stepUp, Notify notify, MasterKey key, TimeProvider clock)
{
    private const int LongestName = 64;

    /// <summary>
    /// The key, to be shown this once. Refuses with <see cref="Reason.Required"/>, <see cref="Reason.InvalidFormat"/>,
    /// <see cref="Reason.Taken"/>, <see cref="Reason.LimitReached"/> or what <see cref="RequireStepUp"/> refuses.
    /// </summary>
    public async Task<Outcome<CreatedKey>> Run(
        Caller caller, WantedKey wanted, Proof proof, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Everything).Is(out _, out var refusal)) return refusal;
        if (NameProblem(wanted.Name) is { } wrongName) return wrongName;
        if (!Scopes.Parse(wanted.Scopes).Is(out var scopes, out refusal)) return refusal;
        if (!ParseExpiry(wanted.ExpiresAt).Is(out var expiry, out refusal)) return refusal;
        if (!(await stepUp.Run(caller, proof, stop)).Is(out var account, out refusal)) return refusal;
        try
        {
            return await db.Write(() => Create(caller, account, wanted.Name!, scopes, expiry.At, stop), stop);
        }
        catch (Exception taken) when (db.IsTaken(taken))
        {
            return new Refusal(Reason.Taken, Field.KeyName);
        }
    }

    private async Task<Outcome<CreatedKey>> Create(
        Caller caller, Account account, string name, Scopes scopes, DateTime? expiresAt, CancellationToken stop)
    {
        var (text, now) = (ApiKeyText.Generate(), clock.UtcNow());
        var made = ApiKey.Named(account.Id, name, key.HashOf(text), scopes, expiresAt, now);
        if (!await db.StillHolds(caller, account, stop)) return Reason.NotLoggedIn;
        if (await db.ApiKeys.CountAsync(k => k.AccountId == account.Id, stop) >= ApiKey.MostPerAccount)
            return new Refusal(Reason.LimitReached, Field.KeyName, Number: ApiKey.MostPerAccount);
        var fact = new AuditFact(AuditEvent.KeyCreated, made.Id.ToString("D"), caller.Key?.KeyId);
        await db.Append(caller, account.Id, fact, now, stop);
        db.ApiKeys.Add(made);
        await notify.Run(caller, account.Id, account.Address, Notice.KeyCreated, now, stop);
        return new CreatedKey(text, ListedKey.Of(made, caller));
    }

    private static Refusal? NameProblem(string? name)
    {
        if (string.IsNullOrEmpty(name)) return new Refusal(Reason.Required, Field.KeyName);
        var isPlain = name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        return isPlain && name.Length <= LongestName ? null : new Refusal(Reason.InvalidFormat, Field.KeyName);
    }

    /// <summary>A date or a time of ISO 8601, in the future; a date means its beginning in UTC.</summary>
    private Outcome<Expiry> ParseExpiry(string? text)
    {
        if (string.IsNullOrEmpty(text)) return new Expiry(null);
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var isTime = DateTime.TryParse(text, CultureInfo.InvariantCulture, Utc, out var at);
        return isTime && at > clock.UtcNow() ? new Expiry(at) : new Refusal(Reason.InvalidFormat, Field.Expiry);
    }

    private readonly record struct Expiry(DateTime? At);
}

/// <summary>A key that somebody wants.</summary>
/// <param name="Name">Letters, digits, hyphen, underscore and dot, at most 64.</param>
/// <param name="Scopes">Names of scopes; none for everything.</param>
/// <param name="ExpiresAt">A date or time of ISO 8601; null for never.</param>
public sealed record WantedKey(string? Name, IReadOnlyList<string>? Scopes, string? ExpiresAt);

/// <summary>A key that was just made.</summary>
public sealed record CreatedKey(Secret Key, ListedKey Listed);
