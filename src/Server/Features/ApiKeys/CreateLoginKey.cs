using System.Security.Cryptography;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ApiKeys;

/// <summary>
/// Makes the key of a full login, named after its device. When the account has too many, the least recently used one
/// that a login made goes. Runs in the caller's transaction.
/// </summary>
public sealed class CreateLoginKey(Db db, MasterKey key, TimeProvider clock)
{
    private const int LongestDevice = 40;
    private const int SuffixCharacters = 6;
    private const string SuffixAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>The key, to be shown this once.</summary>
    /// <param name="caller">Who logs in.</param>
    /// <param name="accountId">Whose key it is.</param>
    /// <param name="device">What it is named after; may be missing.</param>
    /// <param name="loggedInAt">When the full login was; the key stands for the password for a while after it.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Secret> Run(
        Caller caller, Guid accountId, string? device, DateTime? loggedInAt, CancellationToken stop)
    {
        var (text, now) = (ApiKeyText.Generate(), clock.UtcNow());
        var apiKey = ApiKey.ForLogin(accountId, NameFor(device, caller), key.HashOf(text), loggedInAt, now);
        db.ApiKeys.Add(apiKey);
        var fact = new AuditFact(AuditEvent.KeyCreated, apiKey.Id.ToString("D"), apiKey.Id);
        // The first statement makes everything about this account's keys queue up, so the count holds.
        await db.Append(caller, accountId, fact, now, stop);
        await MakeRoom(accountId, stop);
        return text;
    }

    private async Task MakeRoom(Guid accountId, CancellationToken stop)
    {
        var surplus = await db.ApiKeys.CountAsync(k => k.AccountId == accountId, stop) + 1 - ApiKey.MostPerAccount;
        if (surplus <= 0) return;
        var oldest = await db.ApiKeys
            .Where(k => k.AccountId == accountId && k.LoggedInAt != null)
            .OrderBy(k => k.LastUsedAt ?? k.CreatedAt).ThenBy(k => k.Id)
            .Select(k => k.Id).Take(surplus).ToListAsync(stop);
        await db.ApiKeys.Where(k => oldest.Contains(k.Id)).ExecuteDeleteAsync(stop);
    }

    /// <summary>Readable, and unique without asking: the device's name and a few random characters.</summary>
    private static string NameFor(string? device, Caller caller)
    {
        var given = string.IsNullOrWhiteSpace(device) ? caller.UserAgent.Split('/', ' ')[0] : device;
        var clean = string.Concat(given.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'));
        if (clean == "") clean = "login";
        if (clean.Length > LongestDevice) clean = clean[..LongestDevice];
        return $"{clean}-{RandomNumberGenerator.GetString(SuffixAlphabet, SuffixCharacters)}";
    }
}
