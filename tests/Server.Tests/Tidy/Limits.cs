using System.Globalization;

namespace Gatehouse.Tests.Tidy;

/// <summary>The hard limits of the house, as ARCHITECTURE.md states them.</summary>
internal sealed record Limits(int File, int Method, int Line, int Program, int ConstructorParameters, int Packages)
{
    public static Limits Stated { get; } = Read(MarkdownTable.OfArchitecture("measure"));

    public static Limits Read(MarkdownTable table)
    {
        return new Limits(
            File: Of("file"),
            Method: Of("method"),
            Line: Of("line"),
            Program: Of("`Program.cs`"),
            ConstructorParameters: Of("constructor parameters"),
            Packages: Of("packages in `src`"));

        int Of(string measure) => int.Parse(
            table.Rows.Single(row => row[0] == measure)[2].Split(' ')[0],
            CultureInfo.InvariantCulture);
    }
}
