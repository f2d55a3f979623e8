using System.Buffers.Text;
using Gatehouse.Data;
using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>
/// How the secrets of mails, sign-ups and browsers are hashed — each kind apart, a code bound to its sign-up — and
/// found.
/// </summary>
public static class OneTimeTokens
{
    public static byte[] HashOfCode(this MasterKey key, Guid signUpId, string code) =>
        key.Hash(HashPurpose.OneTimeToken, $"code {signUpId:D} {code}");

    public static byte[] HashOfLink(this MasterKey key, string token) =>
        key.Hash(HashPurpose.OneTimeToken, $"link {token}");

    public static byte[] HashOfHandle(this MasterKey key, string handle) =>
        key.Hash(HashPurpose.OneTimeToken, $"handle {handle.ToLowerInvariant()}");

    public static byte[] HashOfSession(this MasterKey key, string reference) =>
        key.Hash(HashPurpose.OneTimeToken, $"session {reference}");

    /// <summary>What a remembered login shows beside its reference; derived, so that nothing of it is stored.</summary>
    public static Secret TurnOf(this MasterKey key, Guid sessionId, int turn) =>
        new(Base64Url.EncodeToString(key.Hash(HashPurpose.OneTimeToken, $"turn {sessionId:D} {turn}")));

    /// <summary>
    /// The running sign-up of a handle; null when there is none, without asking the database about junk.
    /// </summary>
    public static async Task<SignUp?> FindSignUp(
        this Db db, MasterKey key, string? handle, DateTime now, CancellationToken stop) =>
        OneTimeToken.IsHandle(handle) ? await db.SignUps.FindByHandle(key.HashOfHandle(handle!), now, stop) : null;

    /// <summary>The waiting claim of a link's token; null when there is none.</summary>
    public static async Task<SignUp?> FindClaim(
        this Db db, MasterKey key, string? token, DateTime now, CancellationToken stop) =>
        OneTimeToken.IsLink(token) ? await db.SignUps.FindByLink(key.HashOfLink(token!), now, stop) : null;
}
