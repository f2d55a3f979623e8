using System.Text.Json;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Gatehouse.Gateways;

/// <summary>
/// What the OpenID provider publishes about itself: its addresses and its keys, by discovery (OpenID Connect Discovery
/// 1.0, 4) at the one issuer that the settings name. Kept for half a day; while the provider is away, what was known
/// goes on being used. One look at a time, and none for a minute after one that failed.
/// </summary>
public sealed class OpenIdDirectory(
    OpenIdClient client, Settings settings, TimeProvider clock, ILogger<OpenIdDirectory> log)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(12);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    private readonly Lock access = new();
    private Known? known;
    private DateTime? failedAt;
    private Task? running;

    /// <summary>
    /// The provider. Refuses with <see cref="Reason.ProviderUnavailable"/>.
    /// </summary>
    /// <param name="newKeys">A key is missing: look again, unless it was done a moment ago.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Outcome<OpenIdConnectConfiguration>> Find(bool newKeys, CancellationToken stop)
    {
        Task look;
        lock (access)
        {
            var now = clock.UtcNow();
            if (known is not null && now - known.At < (newKeys ? BetweenLooks : Fresh)) return known.Provider;
            if (running is null && failedAt is { } failed && now - failed < BetweenLooks) return WhatIsKnown;
            // Not for this caller alone, who may give up: all that ask meanwhile wait for the same answer.
            running ??= Task.Run(LookOnce, CancellationToken.None);
            look = running;
        }

        await look.WaitAsync(stop);
        lock (access) return WhatIsKnown;
    }

    private Outcome<OpenIdConnectConfiguration> WhatIsKnown =>
        known is null ? Reason.ProviderUnavailable : known.Provider;

    private async Task LookOnce()
    {
        OpenIdConnectConfiguration? found = null;
        try
        {
            found = await Look(CancellationToken.None);
        }
        finally
        {
            lock (access)
            {
                var now = clock.UtcNow();
                if (found is not null) known = new Known(found, now);
                failedAt = found is null ? now : null;
                running = null;
            }
        }
    }

    private async Task<OpenIdConnectConfiguration?> Look(CancellationToken stop)
    {
        var authority = settings.Google.Authority;
        var address = new Uri($"{authority.TrimEnd('/')}/.well-known/openid-configuration");
        if (await client.Get(address, bearer: null, stop) is not { } document) return null;
        try
        {
            var provider = OpenIdConnectConfiguration.Create(document);
            if (Mistake(provider, authority) is { } mistake)
            {
                log.LogError("openid.discovery: {Mistake}", mistake);
                return null;
            }

            if (await client.Get(new Uri(provider.JwksUri), bearer: null, stop) is not { } keys) return null;
            provider.JsonWebKeySet = JsonWebKeySet.Create(keys);
            foreach (var key in provider.JsonWebKeySet.GetSigningKeys()) provider.SigningKeys.Add(key);
            return provider;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or JsonException)
        {
            log.LogError("openid.discovery: the provider's documents cannot be read: {Why}", unreadable.Message);
            return null;
        }
    }

    /// <summary>The issuer has to be the very one that was asked (4.3), and nothing travels in the clear.</summary>
    private static string? Mistake(OpenIdConnectConfiguration provider, string authority)
    {
        if (provider.Issuer != authority) return $"the issuer says to be {provider.Issuer}, not {authority}";
        string[] addresses = [provider.AuthorizationEndpoint, provider.TokenEndpoint, provider.JwksUri];
        var unsafeOne = addresses.FirstOrDefault(address =>
            !Uri.TryCreate(address, UriKind.Absolute, out var url) || !SettingsMistakes.IsSafe(url));
        return unsafeOne is null ? null : $"an address is missing or not safe: {unsafeOne}";
    }

    private sealed record Known(OpenIdConnectConfiguration Provider, DateTime At);
}
