namespace Gatehouse.Platform;

/// <summary>
/// How many requests a surface answers at once. What comes beyond is told to come back instead of waiting: everybody
/// who waits holds memory and makes the others slower. 0 is no limit.
/// </summary>
public sealed class Crowd(int most)
{
    private int inside;

    /// <summary>Lets one more in; each that was let in leaves again.</summary>
    public bool Enter()
    {
        if (Interlocked.Increment(ref inside) <= most || most == 0) return true;
        Leave();
        return false;
    }

    /// <summary>One less.</summary>
    public void Leave() => Interlocked.Decrement(ref inside);
}
