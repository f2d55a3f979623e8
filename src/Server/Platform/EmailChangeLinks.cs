using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>The two links of a change of address, and how often they may be sent.</summary>
public sealed class EmailChangeLinks(MasterKey key, MailLimits limits)
{
    public byte[] HashOf(Secret token) => key.HashOfLink(token.Reveal());

    /// <summary>The hash of what a client sent; null when it cannot be a token.</summary>
    public byte[]? HashOf(string? token) => OneTimeToken.IsLink(token) ? key.HashOfLink(token!) : null;

    /// <summary>Counts one message to the next address; false when it must not leave.</summary>
    public Task<bool> Allow(Caller caller, EmailAddress next, CancellationToken stop) =>
        limits.Allow("email-change", caller, next, stop);
}
