namespace Gatehouse.Commands;

/// <summary>What one check found.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="Light">How it is.</param>
/// <param name="Says">One line: what is so, or what is wrong and what to do.</param>
public sealed record DoctorFinding(string Check, Light Light, string Says)
{
    public static DoctorFinding Green(string check, string says) => new(check, Light.Green, says);

    public static DoctorFinding Yellow(string check, string says) => new(check, Light.Yellow, says);

    public static DoctorFinding Red(string check, string says) => new(check, Light.Red, says);
}

/// <summary>How something is.</summary>
public enum Light
{
    /// <summary>As it should be.</summary>
    Green,

    /// <summary>It works, and somebody should look at it.</summary>
    Yellow,

    /// <summary>It does not work, or loses something one day.</summary>
    Red,
}
