using Gatehouse.Domain;

namespace Gatehouse.Features.Apps;

/// <summary>One app, as it shall be and as it runs.</summary>
public sealed class ShowApp(FindApp find)
{
    /// <summary>Refuses with what <see cref="FindApp"/> refuses.</summary>
    public Task<Outcome<FoundApp>> Run(Caller caller, string? name, CancellationToken stop) =>
        find.Run(caller, name, AppRole.Viewer, stop);
}
