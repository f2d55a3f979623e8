using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.Tidy;

/// <summary>Holds the compiled server to the tables of ARCHITECTURE.md.</summary>
public sealed class ArchitectureTests
{
    [Fact]
    public void Compiled_server_keeps_the_directions()
    {
        var refused = CompiledCode.References(CompiledCode.Server)
            .Select(reference => (reference, why: Directions.Stated.Refusal(reference)))
            .Where(pair => pair.why is not null)
            .Select(pair => $"{pair.reference.From} uses {pair.reference.To}: {pair.why}")
            .ToArray();
        Assert.True(refused.Length == 0, string.Join('\n', refused));
    }

    [Fact]
    public void Source_imports_only_what_the_directions_allow()
    {
        // A constant or a nameof leaves no trace in the compiled code, but its using directive does in the source.
        var refused = Imports.In(Repository.Here)
            .Select(import => (import.Place, why: Directions.Stated.Refusal(import.Reference)))
            .Where(pair => pair.why is not null)
            .Select(pair => $"{pair.Place}: {pair.why}")
            .ToArray();
        Assert.True(refused.Length == 0, string.Join('\n', refused));
    }

    [Fact]
    public void Features_use_each_other_without_a_circle() =>
        Assert.Null(Directions.Stated.Circle());

    [Fact]
    public void Every_folder_with_code_was_examined()
    {
        var examined = CompiledCode.Types(CompiledCode.Server).Select(CompiledCode.Name).Distinct().ToArray();
        var unseen = Repository.Here.Code("src/Server/")
            .Select(file => file.Folder["src/Server/".Length..].TrimEnd('/'))
            .Where(folder => folder.Length > 0)
            .Distinct()
            .Where(folder => !examined.Any(type => type.StartsWith(Directions.Namespace(folder) + ".", Ordinal)));
        Assert.Empty(unseen);
    }

    [Fact]
    public void Every_folder_of_the_server_has_a_row()
    {
        var without = Repository.Here.Code("src/Server/")
            .Where(file => file.Folder != "src/Server/")
            .Where(file => !Directions.Stated.Folders.Keys.Any(folder => file.IsUnder($"src/Server/{folder}/")))
            .Select(file => file.Path);
        Assert.Empty(without);
    }

    [Fact]
    public void Every_interface_has_several_implementations()
    {
        var lonely = CompiledCode.LonelyInterfaces(CompiledCode.Server).Select(type => type.FullName);
        Assert.Empty(lonely);
    }
}
