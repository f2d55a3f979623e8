namespace Gatehouse.Domain;

/// <summary>
/// An app of a customer: a limited and billed thing. Starting its instances is the platform's work; what is desired
/// stands here, what runs is what the platform reported last.
/// </summary>
public sealed class App
{
    private App()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>Who pays for it.</summary>
    public Guid OwnerId { get; private set; }

    /// <summary>Unique on the whole server; see <see cref="AppName"/>.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Whose machines it runs on, such as <c>gcp</c>.</summary>
    public string Cloud { get; private set; } = "";

    public string Region { get; private set; } = "";

    /// <summary>The system image it runs in.</summary>
    public string Stack { get; private set; } = "";

    /// <summary>Replicas that are wanted.</summary>
    public int Replicas { get; private set; }

    /// <summary>Size of one replica in thousandths of a gigabyte.</summary>
    public int SizeMilli { get; private set; }

    /// <summary>Replicas that run, as the platform reported last.</summary>
    public int ReplicasRunning { get; private set; }

    /// <summary>Since when its visitors are to see a page that says so; null while it is in service.</summary>
    public DateTime? MaintenanceSince { get; private set; }

    /// <summary>When it was as the platform reported last (UTC); null while nothing was ever reported.</summary>
    public DateTime? ReportedAt { get; private set; }

    /// <summary>Rises with every change that needs new instances.</summary>
    public int Version { get; private set; }

    /// <summary>How many custom domains it has; the limit is held against this number.</summary>
    public int DomainCount { get; private set; }

    /// <summary>How many people besides its owner may work on it; the limit is held against this number.</summary>
    public int CollaboratorCount { get; private set; }

    public DateTime CreatedAt { get; private set; }

    /// <summary>The size of one replica.</summary>
    public Size Size => new(SizeMilli);

    /// <summary>A new app without replicas, which costs nothing yet.</summary>
    public static App Create(Guid ownerId, AppName name, AppPlace place, Size size, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(now),
        OwnerId = ownerId,
        Name = name.Text,
        Cloud = place.Cloud,
        Region = place.Region,
        Stack = place.Stack,
        SizeMilli = size.Milli,
        Version = 1,
        CreatedAt = now,
    };
}

/// <summary>Where an app runs, and in what.</summary>
public sealed record AppPlace(string Cloud, string Region, string Stack);

/// <summary>What a person may do with an app.</summary>
public enum AppRole
{
    /// <summary>May look.</summary>
    Viewer,

    /// <summary>May change everything but who pays and who may.</summary>
    Collaborator,

    /// <summary>Pays for it.</summary>
    Owner,
}
