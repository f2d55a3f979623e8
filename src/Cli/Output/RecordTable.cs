using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gatehouse.Cli.Output;

/// <summary>Records of one kind under the names of their columns; the last one gives way where it is narrow.</summary>
internal sealed class RecordTable : IRenderable
{
    private readonly Grid grid = new();
    private readonly string otherwise;
    private bool isEmpty = true;

    /// <param name="otherwise">The sentence that stands there when there is none.</param>
    /// <param name="columns">Their names.</param>
    public RecordTable(string otherwise, params string[] columns)
    {
        this.otherwise = otherwise;
        for (var index = 0; index < columns.Length; index++)
        {
            var column = new GridColumn().PadLeft(0).PadRight(index == columns.Length - 1 ? 0 : 2);
            grid.AddColumn(index == columns.Length - 1 ? column : column.NoWrap());
        }

        grid.AddRow([.. columns.Select(name => new Text(name, Color.Grey))]);
    }

    /// <summary>Adds a record; a value that is missing leaves its place empty.</summary>
    public RecordTable Add(params string?[] values)
    {
        isEmpty = false;
        grid.AddRow([.. values.Select(value => new Text(PlainText.Line(value ?? "")))]);
        return this;
    }

    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth) => Shown.Measure(options, maxWidth);

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => Shown.Render(options, maxWidth);

    private IRenderable Shown => isEmpty ? new Rows(new Text(otherwise)) : grid;
}
