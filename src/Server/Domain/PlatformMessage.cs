namespace Gatehouse.Domain;

/// <summary>
/// Something that the platform has to know, as it is told to every address that wants it: written in the transaction
/// of the change, and kept for a month, so that it can be told again. It names the account by its opaque id alone.
/// </summary>
public sealed class PlatformMessage
{
    /// <summary>How long messages are kept.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(30);

    public required Guid Id { get; init; }

    /// <summary>Whose account it is about.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Rises within the account: of two messages, the one with the higher number happened later.</summary>
    public required long Sequence { get; init; }

    /// <summary>One of <see cref="Types"/>.</summary>
    public required string Type { get; init; }

    public required DateTime At { get; init; }

    /// <summary>The body, byte for byte as it is signed and sent.</summary>
    public required string Body { get; init; }

    /// <summary>
    /// Every type. Who may work on an app is not among them: that is asked here and never kept elsewhere.
    /// </summary>
    public static readonly IReadOnlyList<string> Types =
    [
        AuditEvent.AppCreated, AuditEvent.AppScaled, AuditEvent.AppRestarted, AuditEvent.AppStackChanged,
        AuditEvent.AppDestroyed, AuditEvent.ConfigChanged, AuditEvent.DatabaseCreated, AuditEvent.DatabaseScaled,
        AuditEvent.DatabaseDestroyed, AuditEvent.DomainAdded, AuditEvent.DomainRemoved, AuditEvent.AccountUpgraded,
        AuditEvent.AccountDowngraded, AuditEvent.AccountSuspended, AuditEvent.AccountRestored,
        AuditEvent.AccountClosed, AuditEvent.AccountReopened,
    ];

    /// <summary>The id as the header <c>webhook-id</c> has it.</summary>
    public static string NameOf(Guid id) => $"msg_{id:N}";

    /// <summary>The id behind such a name; null when it is none.</summary>
    public static Guid? Parse(string name) =>
        name.StartsWith("msg_", StringComparison.Ordinal) && Guid.TryParseExact(name[4..], "N", out var id) ? id : null;
}
