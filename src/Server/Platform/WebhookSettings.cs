using System.ComponentModel;

namespace Gatehouse.Platform;

/// <summary>Where messages to the platform may go.</summary>
public sealed record WebhookSettings
{
    [Description("Networks (`10.0.0.0/8`) that webhooks may lead to although they are not public, over plain http too; "
        + "a list, or one text with commas. Empty: public addresses by https, and nothing else.")]
    public IReadOnlyList<string> AllowedNetworks { get; init; } = [];
}
