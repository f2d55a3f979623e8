using System.Globalization;

namespace Gatehouse.WebConsole.Brand;

/// <summary>
/// A colour, and what can be read on it and with it (WCAG 2.2, 1.4.3). An operator may choose any; pages stay readable.
/// </summary>
internal sealed record BrandColor(byte Red, byte Green, byte Blue)
{
    public static readonly BrandColor Black = new(0, 0, 0);
    public static readonly BrandColor White = new(255, 255, 255);

    /// <summary>The least contrast of text that counts as readable (level AA).</summary>
    public const double Readable = 4.5;

    private const int Steps = 40;

    /// <summary>White or black, whichever is readable on this colour; one of them always is.</summary>
    public BrandColor Ink => ContrastWith(White) >= Readable ? White : Black;

    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    /// <summary>The same hue in full light.</summary>
    private BrandColor Brightest => Math.Max(Red, Math.Max(Green, Blue)) is > 0 and var strongest
        ? new(Raise(Red, strongest), Raise(Green, strongest), Raise(Blue, strongest))
        : White;

    /// <summary>Reads <c>#rrggbb</c>.</summary>
    public static BrandColor Parse(string text) => new(Part(text, 1), Part(text, 3), Part(text, 5));

    /// <summary>
    /// This colour, darkened or lightened just as far as it takes to be read on a background. White is mixed in last:
    /// any earlier it would make grey.
    /// </summary>
    public BrandColor ReadableOn(BrandColor paper)
    {
        var way = paper.Ink == Black ? To(Black) : To(Brightest).Concat(Brightest.To(White));
        return way.First(color => color.ContrastWith(paper) >= Readable);
    }

    /// <summary>From 1 (the same) to 21 (black and white).</summary>
    public double ContrastWith(BrandColor other)
    {
        var (one, two) = (Luminance, other.Luminance);
        return (Math.Max(one, two) + 0.05) / (Math.Min(one, two) + 0.05);
    }

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    private IEnumerable<BrandColor> To(BrandColor end)
    {
        for (var step = 0; step <= Steps; step++)
            yield return new(Mix(Red, end.Red, step), Mix(Green, end.Green, step), Mix(Blue, end.Blue, step));
    }

    private static byte Mix(byte from, byte to, int step) => (byte)(from + ((to - from) * step / Steps));

    private static byte Raise(byte channel, byte strongest) => (byte)(channel * 255 / strongest);

    private static byte Part(string text, int start) =>
        byte.Parse(text.AsSpan(start, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static double Linear(byte channel)
    {
        var share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
