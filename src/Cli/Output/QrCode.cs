using System.Collections;
using QRCoder;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gatehouse.Cli.Output;

/// <summary>
/// A QR code of half blocks, two modules to a character. The light modules are what is drawn, in white on black of its
/// own, so that it is the right way round on a dark terminal and on a light one.
/// </summary>
/// <param name="text">What a camera reads from it.</param>
internal sealed class QrCode(string text) : IRenderable
{
    private const int LibraryMargin = 4;

    /// <summary>Narrower than the four of the standard: readers take it, and the code fits on 24 lines.</summary>
    private const int Margin = 2;

    private static readonly Style WhiteOnBlack = new(Color.White, Color.Black);
    private readonly string[] lines = Lines(text);

    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth) => new(lines[0].Length, lines[0].Length);

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => lines[0].Length > maxWidth
        ? [new Segment("(This window is too narrow for the QR code.)"), Segment.LineBreak]
        : lines.SelectMany(line => new[] { new Segment(line, WhiteOnBlack), Segment.LineBreak });

    private static string[] Lines(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.L);
        var modules = code.ModuleMatrix;
        const int Cut = LibraryMargin - Margin;
        var range = Enumerable.Range(Cut, modules.Count - (2 * Cut)).ToArray();
        return
        [
            .. from row in range.Chunk(2)
               select string.Concat(range.Select(column => HalfBlock(modules, row, column))),
        ];
    }

    private static char HalfBlock(List<BitArray> modules, int[] rows, int column) =>
        (IsLight(modules, rows[0], column), rows.Length > 1 && IsLight(modules, rows[1], column)) switch
        {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            (false, false) => ' ',
        };

    private static bool IsLight(List<BitArray> modules, int row, int column) => !modules[row][column];
}
