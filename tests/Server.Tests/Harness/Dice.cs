namespace Gatehouse.Tests.Harness;

/// <summary>
/// Chance that repeats itself: the same seed throws the same numbers (SplitMix64, Steele et al. 2014), so a failure can
/// be seen again.
/// </summary>
public sealed class Dice(long seed)
{
    private ulong state = unchecked((ulong)seed);

    /// <summary>A number from 0 to below <paramref name="sides"/>.</summary>
    public int Throw(int sides) => (int)Between(0, sides);

    /// <summary>A number from <paramref name="least"/> to below <paramref name="end"/>.</summary>
    public long Between(long least, long end) => least + (long)(Next() % (ulong)(end - least));

    private ulong Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
