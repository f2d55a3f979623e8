namespace Gatehouse.Domain;

/// <summary>
/// What there is of a customer's database on the server of <c>Databases:Server</c>. The row is there before anything is
/// made and until everything is dropped, so that whatever a killed process left behind has a row that knows it. What
/// differs between this and <see cref="AppDatabase"/> is put right by a job.
/// </summary>
public sealed class HostedDatabase
{
    private const string Prefix = "gatehouse_";

    /// <summary>That of the <see cref="AppDatabase"/>, which may be gone already.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it could be connected to for the first time; null until then.</summary>
    public DateTime? MadeAt { get; init; }

    /// <summary>The size that its limit of connections is for; 0 for the free kind.</summary>
    public int SizeMilli { get; init; }

    /// <summary>Whether its owner may connect.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether its owner may delete rows and add none.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>What role and database are called on the server.</summary>
    public static string NameOf(Guid id) => $"{Prefix}{id:N}";

    /// <summary>The id in such a name; null when it is none.</summary>
    public static Guid? IdOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
        && Guid.TryParseExact(name.AsSpan(Prefix.Length), "N", out var id)
        && NameOf(id) == name
            ? id
            : null;
}
