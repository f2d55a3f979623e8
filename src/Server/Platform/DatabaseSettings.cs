using System.ComponentModel;
using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>The server of customers' databases.</summary>
public sealed record DatabaseSettings
{
    [Description("PostgreSQL server (15 or later) on which customers' databases are made: `Host=…;Username=…` or "
        + "`postgresql://…`, of a role that may create roles and databases. Empty: databases are recorded, not made.")]
    public Secret? Server { get; init; }

    [Description("Where customers reach it, as `host` or `host:port`. Empty: where `Server` does.")]
    public string PublicHost { get; init; } = "";

    [Description("Connections of a free database.")]
    public int FreeConnections { get; init; } = 2;

    [Description("Connections of a paid database for each GB of its size.")]
    public int ConnectionsPerGigabyte { get; init; } = 40;

    [Description("How long a request waits until a database is made, changed or dropped; then it says that this goes "
        + "on.")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Says whether databases are made at all.</summary>
    internal bool AreMade => Server?.Reveal() is { Length: > 0 };
}
