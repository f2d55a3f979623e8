using System.Globalization;
using System.Text;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Docs;

/// <summary>
/// Samples of a language that is compiled, put into one program that runs the one it is asked for: as they stand, save
/// that each has a place of its own and the imports of all stand on top.
/// </summary>
internal static class CompiledSamples
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <UseAppHost>false</UseAppHost>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          </PropertyGroup>
        </Project>
        """;

    /// <summary>What <see cref="SampleHost"/> speaks with; the samples follow.</summary>
    private const string Host = """
        while (Console.ReadLine() is { } line)
        {
            var asked = System.Text.Json.JsonDocument.Parse(line).RootElement;
            foreach (var variable in asked.GetProperty("environment").EnumerateObject())
                Environment.SetEnvironmentVariable(variable.Name, variable.Value.GetString());
            var (output, printed) = (Console.Out, new StringWriter());
            Console.SetOut(printed);
            try { await Run(asked.GetProperty("file").GetString()!); }
            catch (Exception error) { printed.WriteLine(error); }
            Console.SetOut(output);
            Console.WriteLine(System.Text.Json.JsonSerializer.Serialize(printed.ToString()));
        }

        static async Task Run(string title)
        {

        """;

    /// <summary>The assembly for <c>dotnet</c>.</summary>
    public static async Task<string> OfCSharp(Dictionary<string, string> samples, string folder)
    {
        var (imports, bodies) = (new SortedSet<string>(StringComparer.Ordinal), new StringBuilder());
        foreach (var (title, text) in samples)
        {
            var lines = text.Split('\n').ToLookup(IsImport);
            imports.UnionWith(lines[true]);
            bodies.Append(CultureInfo.InvariantCulture, $"if (title == \"{title}\")\n{{\n")
                .AppendJoin('\n', lines[false]).Append("}\n");
        }

        await Write(folder, "Samples.csproj", Project);
        await Write(folder, "Samples.cs", $"{string.Join('\n', imports)}\n{Host}{bodies}}}\n");
        await Build("dotnet", ["build", "-v", "q", "--nologo", "-o", Path.Combine(folder, "out")], folder);
        return Path.Combine(folder, "out", "Samples.dll");

        static bool IsImport(string line) =>
            line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains(' ' + "var" + ' ');
    }

    /// <summary>The program.</summary>
    public static async Task<string> OfGo(string go, Dictionary<string, string> samples, string folder)
    {
        var cases = new StringBuilder();
        foreach (var (index, (title, text)) in samples.Index())
        {
            await Write(folder, $"sample{index}.go", text.Replace(
                "func main()", $"func sample{index}()", StringComparison.Ordinal));
            cases.Append(CultureInfo.InvariantCulture, $"\tcase \"{title}\":\n\t\tsample{index}()\n");
        }

        await Write(folder, "go.mod", "module samples\n\ngo 1.18\n");
        await Write(
            folder,
            "main.go",
            $"package main\n\nimport \"os\"\n\nfunc main() {{\n\tswitch os.Args[1] {{\n{cases}\t}}\n}}\n");
        await Build(go, ["build", "-o", "samples", "."], folder);
        return Path.Combine(folder, "samples");
    }

    private static Task Write(string folder, string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(folder, name), text, TestContext.Current.CancellationToken);

    private static async Task Build(string program, IEnumerable<string> arguments, string folder)
    {
        var home = Environment.GetEnvironmentVariable("HOME") ?? folder;
        var built = await ChildProcess.Run(program, arguments, folder, [KeyValuePair.Create("HOME", (string?)home)]);
        Assert.True(built.ExitCode == 0, $"{built.Stdout}\n{built.Stderr}");
    }
}
