using System.Buffers.Text;
using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Platform;

/// <summary>
/// The secrets of a login at an OpenID provider: each kind is hashed apart, and what has to be told to the provider is
/// derived from <c>state</c> under the master key, so that nothing of it is stored.
/// </summary>
public static class VisitTokens
{
    public static byte[] HashOfState(this MasterKey key, string state) => Hash(key, "state", state);

    public static byte[] HashOfVisitor(this MasterKey key, string reference) => Hash(key, "visitor", reference);

    public static byte[] HashOfTerminal(this MasterKey key, string session) => Hash(key, "terminal", session);

    public static byte[] HashOfTerminalPage(this MasterKey key, string session) => Hash(key, "terminal page", session);

    /// <summary>The terminal that a secret of its own names; null when there is none, or its time is over.</summary>
    public static Task<TerminalLogin?> FindTerminal(
        this Db db, MasterKey key, string? session, DateTime now, CancellationToken stop)
    {
        if (!OneTimeToken.IsLink(session)) return Task.FromResult<TerminalLogin?>(null);
        var hash = key.HashOfTerminal(session!);
        return db.TerminalLogins.AsNoTracking()
            .SingleOrDefaultAsync(t => t.PollHash == hash && t.ExpiresAt > now, stop);
    }

    /// <summary>What the ID token has to repeat (OpenID Connect Core 3.1.2.1).</summary>
    public static string NonceOf(this MasterKey key, string state) =>
        Base64Url.EncodeToString(Hash(key, "nonce", state));

    /// <summary>What proves that the code is redeemed by whoever asked for it (RFC 7636 4.1).</summary>
    public static Secret VerifierOf(this MasterKey key, string state) =>
        new(Base64Url.EncodeToString(Hash(key, "verifier", state)));

    private static byte[] Hash(MasterKey key, string kind, string text) =>
        key.Hash(HashPurpose.ProviderVisit, $"{kind} {text}");
}
