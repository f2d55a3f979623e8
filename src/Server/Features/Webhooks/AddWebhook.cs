using System.Net;
using System.Text;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;

namespace Gatehouse.Features.Webhooks;

/// <summary>
/// Makes an address that is told what happens from here on; for the operator alone. Where a name leads is looked at
/// with every connection, so it may still change.
/// </summary>
public sealed class AddWebhook(Db db, WebhookGateway gateway, MasterKey key, TimeProvider clock)
{
    private const int LongestUrl = 2000;

    /// <summary>
    /// The address with its secret, to be shown this once. Refuses with <see cref="Reason.Required"/>,
    /// <see cref="Reason.InvalidFormat"/> (of the address, or of a type, which <see cref="Refusal.Text"/> names), or
    /// <see cref="Reason.NotFound"/> to everybody else.
    /// </summary>
    public async Task<Outcome<SharedWebhook>> Run(
        Caller caller, string url, IReadOnlyList<string> types, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        if (url == "") return new Refusal(Reason.Required, Field.Url);
        if (WrongUrl(url) is { } wrong) return new Refusal(Reason.InvalidFormat, Field.Url) { Text = wrong };
        if (types.FirstOrDefault(type => !PlatformMessage.Types.Contains(type, StringComparer.Ordinal)) is { } unknown)
            return new Refusal(Reason.InvalidFormat, Field.EventType) { Text = unknown };
        var (secret, now) = (WebhookSecret.Generate(), clock.UtcNow());
        var id = Guid.CreateVersion7(now);
        var webhook = new Webhook
        {
            Id = id,
            Url = url,
            TypeNames = string.Join(' ', PlatformMessage.Types.Intersect(types, StringComparer.Ordinal)),
            SealedSecret = key.Seal(Encoding.ASCII.GetBytes(secret.Reveal()), Webhook.SealContext(id)),
            CreatedAt = now,
        };
        return await db.Write(
            () =>
            {
                db.Webhooks.Add(webhook);
                return Task.FromResult<Outcome<SharedWebhook>>(new SharedWebhook(webhook, secret));
            },
            stop);
    }

    private string? WrongUrl(string text)
    {
        if (text.Length > LongestUrl || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https") || url.UserInfo != "" || url.Fragment != "")
            return "an address such as https://platform.example.org/events, without user and fragment";
        var isSecure = url.Scheme == Uri.UriSchemeHttps;
        return IPAddress.TryParse(url.IdnHost, out var address) && !gateway.MayReach(address, isSecure)
            ? "a public address by https; Webhooks:AllowedNetworks names networks of your own"
            : null;
    }
}

/// <summary>An address, and the secret that its owner has to know.</summary>
public sealed record SharedWebhook(Webhook Webhook, Secret Secret);
