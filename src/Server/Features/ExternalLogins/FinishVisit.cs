using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// The browser comes back from the OpenID provider. What it brings is believed only after the provider itself confirmed
/// it; whatever goes wrong, nothing is half made.
/// </summary>
public sealed class FinishVisit(
    Db db, TakeVisit take, OpenIdProvider provider, ReceiveIdentity receive, EndVisit end)
{
    // What a provider says where its user did not agree (RFC 6749 4.1.2.1, OpenID Connect Core 3.1.2.6).
    private static readonly string[] Denials =
        ["access_denied", "consent_required", "interaction_required", "login_required"];

    /// <summary>
    /// Refuses what <see cref="TakeVisit"/> refuses, with <see cref="Reason.ProviderDenied"/>, or what <see
    /// cref="OpenIdProvider.Redeem"/> and <see cref="ReceiveIdentity"/> refuse.
    /// </summary>
    public async Task<Outcome<Arrival>> Run(Caller caller, ProviderReturn came, CancellationToken stop)
    {
        if (!(await take.Run(came.State, came.Browser, stop)).Is(out var taken, out var refusal)) return refusal;
        // Its state is used up: whoever closes the page now would leave the terminal without an answer.
        stop = CancellationToken.None;
        var proven = await Prove(taken.Passage, came, stop);
        if (proven.Is(out var identity, out refusal)) return await receive.Run(caller, taken.Visit, identity, stop);
        return await db.Write<Outcome<Arrival>>(
            async () =>
            {
                await end.Run(taken.Visit, refusal.Reason, stop);
                return refusal;
            },
            stop);
    }

    private async Task<Outcome<ProvenIdentity>> Prove(Passage passage, ProviderReturn came, CancellationToken stop)
    {
        if (Denials.Contains(came.Error)) return Reason.ProviderDenied;
        if (came.Error is not null || string.IsNullOrEmpty(came.Code)) return Reason.ProviderUnavailable;
        return await provider.Redeem(passage, came.Code, came.Issuer, stop);
    }
}

/// <summary>What a browser brings from the provider; all of it is the browser's word.</summary>
/// <param name="State">What it was sent with.</param>
/// <param name="Code">What the provider will answer for.</param>
/// <param name="Error">Why there is none.</param>
/// <param name="Issuer">Who sent it back (RFC 9207).</param>
/// <param name="Browser">What the browser kept.</param>
public sealed record ProviderReturn(string? State, string? Code, string? Error, string? Issuer, string? Browser);
