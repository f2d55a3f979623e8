namespace Gatehouse.Commands;

/// <summary>Where the doctor writes.</summary>
/// <param name="Output">For findings.</param>
/// <param name="Error">For a call that was typed wrongly.</param>
/// <param name="IsColoured">Whether somebody looks at a terminal and has nothing against colour.</param>
public sealed record DoctorPlace(TextWriter Output, TextWriter Error, bool IsColoured)
{
    private const string Reset = "\u001b[0m";

    /// <summary>The standard streams; <c>NO_COLOR</c> is honoured (no-color.org).</summary>
    public static DoctorPlace Standard => new(
        Console.Out,
        Console.Error,
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "");

    /// <summary>The word for a light.</summary>
    public static string NameOf(Light light) => light switch
    {
        Light.Green => "green",
        Light.Yellow => "yellow",
        Light.Red => "red",
    };

    /// <summary>The word, as wide as the widest, in its colour where there is colour.</summary>
    public string Paint(Light light)
    {
        var word = $"{NameOf(light),-6}";
        return IsColoured ? $"{Colour(light)}{word}{Reset}" : word;
    }

    private static string Colour(Light light) => light switch
    {
        Light.Green => "\u001b[32m",
        Light.Yellow => "\u001b[33m",
        Light.Red => "\u001b[31m",
    };
}
