namespace Gatehouse.Platform;

/// <summary>
/// Something that few requests need, made when one does: what stands before every request must not bring along a
/// database context that nobody asks anything.
/// </summary>
public sealed class Rarely<T>(IServiceProvider services)
    where T : notnull
{
    /// <summary>The one of this request.</summary>
    public T Get() => services.GetRequiredService<T>();
}
