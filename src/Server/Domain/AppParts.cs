namespace Gatehouse.Domain;

/// <summary>A host name under which an app is reached.</summary>
public sealed class CustomDomain
{
    public required Guid Id { get; init; }

    public required Guid AppId { get; init; }

    /// <summary>In lower case and ASCII (RFC 5890); unique on the whole server.</summary>
    public required string Fqdn { get; init; }

    public required DateTime CreatedAt { get; init; }
}

/// <summary>
/// Somebody who may work on another one's app. Named by address, so that nobody learns by adding it whether an address
/// has an account; bound to the account that proved it.
/// </summary>
public sealed class Collaborator
{
    public required Guid AppId { get; init; }

    /// <summary>The canonical address that was given.</summary>
    public required string Email { get; init; }

    /// <summary>The same as it was spelt.</summary>
    public required string EmailSpelling { get; init; }

    /// <summary>The account that proved the address; null while there is none.</summary>
    public Guid? AccountId { get; init; }

    public required AppRole Role { get; init; }

    public required DateTime CreatedAt { get; init; }
}

/// <summary>A variable of an app's environment; its value is encrypted at rest.</summary>
public sealed class AppConfig
{
    /// <summary>The most that names and values of one app may have together, in bytes of UTF-8.</summary>
    public const int MostBytesPerApp = 32 * 1024;

    /// <summary>The longest name.</summary>
    public const int LongestName = 128;

    public required Guid AppId { get; init; }

    public required string Name { get; init; }

    /// <summary>The value under the master key, bound to app and name.</summary>
    public required byte[] SealedValue { get; init; }

    public required DateTime ChangedAt { get; init; }

    /// <summary>What the value of a variable is bound to, so that it opens nowhere else.</summary>
    public static string SealContext(Guid appId, string name) => $"config {appId:D} {name}";

    /// <summary>Says whether a text can be the name of a variable of the environment (POSIX.1-2017, 8.1).</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName
        && !char.IsAsciiDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}

/// <summary>Something that happened to an app, for all who may see it.</summary>
public sealed class AppEvent
{
    public required Guid Id { get; init; }

    public required Guid AppId { get; init; }

    public required DateTime At { get; init; }

    /// <summary>Such as <c>app.scaled</c>; stays as it is.</summary>
    public required string Event { get; init; }

    /// <summary>What happened in a word or two, such as a new size; never a secret.</summary>
    public required string Detail { get; init; }

    /// <summary>The account that did it.</summary>
    public required Guid ActorId { get; init; }
}

/// <summary>
/// A PostgreSQL database of an app, as its owner wants it. What there is of it on the server stands in
/// <see cref="HostedDatabase"/>; until it was made its address is not known.
/// </summary>
public sealed class AppDatabase
{
    public required Guid Id { get; init; }

    public required Guid AppId { get; init; }

    /// <summary>Who pays for it.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>The free kind or the paid one; always the tier of the account.</summary>
    public required Tier Tier { get; set; }

    /// <summary>Size in thousandths of a gigabyte; 0 for the free kind.</summary>
    public required int SizeMilli { get; set; }

    /// <summary>Such as <c>POSTGRES_16</c>.</summary>
    public required string Version { get; set; }

    public required string Cloud { get; init; }

    public required string Region { get; init; }

    public required bool HighAvailability { get; set; }

    public required DatabaseState State { get; set; }

    /// <summary>When the row limit made it read-only; null while it did not.</summary>
    public DateTime? LimitedAt { get; set; }

    /// <summary>What <see cref="SealedUrl"/> is bound to, so that it opens nowhere else.</summary>
    public string SealContext => SealContextOf(Id);

    /// <summary>The address to connect to, with its password, under the master key; null until it was made.</summary>
    public byte[]? SealedUrl { get; set; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>The same of any database.</summary>
    public static string SealContextOf(Guid id) => $"database {id:D}";
}

/// <summary>How far a database is.</summary>
public enum DatabaseState
{
    /// <summary>Asked for, and not made yet.</summary>
    Pending,

    /// <summary>Can be connected to.</summary>
    Available,

    /// <summary>Stopped by its owner: everything is kept, and nobody can connect.</summary>
    Stopped,
}

/// <summary>An instance of an app, as the platform reported it last.</summary>
public sealed class AppPod
{
    public required Guid AppId { get; init; }

    /// <summary>Its place in the report.</summary>
    public required int Position { get; init; }

    /// <summary>Unique within the report.</summary>
    public required string Name { get; init; }

    /// <summary>The commit that it runs; empty when it was not said.</summary>
    public required string Sha { get; init; }

    /// <summary>In the platform's words, such as <c>Healthy</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The version that it runs, in the platform's words; empty when it was not said.</summary>
    public required string Version { get; init; }

    /// <summary>How it ended before it was started anew, if it did: an object of JSON.</summary>
    public required string LastState { get; init; }
}
