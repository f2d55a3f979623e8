using System.Globalization;

namespace Gatehouse.Cli.Questions;

/// <summary>Sizes in gigabytes, as flags give them.</summary>
internal static class Sizes
{
    /// <summary>The number; null without one.</summary>
    /// <exception cref="Failure">It is none (exit code 2).</exception>
    public static decimal? Read(string? text, string flag)
    {
        if (text is null)
            return null;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var gigabytes)
            ? gigabytes
            : throw Failure.Usage($"{flag} takes a number of gigabytes, such as 0.6.");
    }
}
