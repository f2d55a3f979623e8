namespace Gatehouse.Domain;

/// <summary>
/// What the platform proves itself with when it reports what runs: made by the operator, belongs to no account, and
/// opens nothing else. Shown once; only its keyed hash is kept.
/// </summary>
public sealed class ServiceKey
{
    public required Guid Id { get; init; }

    /// <summary>Unique; what the operator revokes it by.</summary>
    public required string Name { get; init; }

    /// <summary>Keyed hash of the key.</summary>
    public required byte[] Hash { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>UTC, to the hour; null until the first use.</summary>
    public DateTime? LastUsedAt { get; init; }
}

/// <summary>The text of a service key: <c>gatesvc_</c> and what <see cref="KeyForm"/> says.</summary>
public static class ServiceKeyText
{
    private const string Prefix = "gatesvc_";

    /// <summary>A new key.</summary>
    public static Secret Generate() => KeyForm.Generate(Prefix);

    /// <summary>Says whether a text can be a key at all.</summary>
    public static bool IsWellFormed(string text) => KeyForm.Fits(Prefix, text);
}
