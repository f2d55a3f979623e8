using System.ComponentModel;
using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>Who may read what this node measures.</summary>
public sealed record MetricsSettings
{
    [Description("Whoever sends it as `Authorization: Bearer …` may read `/metrics`. "
        + "Empty: programs on this machine may.")]
    public Secret Token { get; init; } = new("");
}
