using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gatehouse.Cli.Output;

/// <summary>Labels and values in two aligned columns.</summary>
internal sealed class FieldList : IRenderable
{
    private readonly Grid grid = new Grid()
        .AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(3))
        .AddColumn(new GridColumn().PadLeft(0).PadRight(0));

    /// <summary>Adds a line; a value that is missing adds none.</summary>
    public FieldList Add(string label, string? value) => Add(label, value, Style.Plain);

    /// <summary>The same where the value is what matters most.</summary>
    public FieldList Add(string label, string? value, Style style)
    {
        if (value is not null)
            grid.AddRow(Cell(label, Color.Grey), Cell(value, style));
        return this;
    }

    /// <summary>Plain text, whatever a server put in: neither escape sequences nor markup.</summary>
    private static Text Cell(string text, Style style) => new(PlainText.Line(text), style);

    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth) => ((IRenderable)grid).Measure(options, maxWidth);

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        ((IRenderable)grid).Render(options, maxWidth);
}
