using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>
/// A package that is shipped: its checksum is the registry's, its files are those that lie beside the program.
/// </summary>
public sealed record Part(string Name, string Version, string Sha512, IReadOnlyList<string> Files);

/// <summary>What a published program is made of, as its own list of dependencies says, in CycloneDX form.</summary>
public static class BillOfMaterials
{
    /// <summary>The packages in a folder that <c>dotnet publish</c> made.</summary>
    public static IReadOnlyList<Part> Of(string folder, string program)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, $"{program}.deps.json")));
        var target = document.RootElement.GetProperty("targets").EnumerateObject().Last().Value;
        return
        [
            .. document.RootElement.GetProperty("libraries").EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == "package")
                .Select(library => new Part(
                    library.Name.Split('/')[0],
                    library.Name.Split('/')[1],
                    library.Value.GetProperty("sha512").GetString()!.Replace("sha512-", "", StringComparison.Ordinal),
                    [.. FilesOf(target.GetProperty(library.Name))])),
        ];
    }

    /// <summary>CycloneDX 1.6, for whoever has to know what is in it.</summary>
    public static string Write(string name, string version, IEnumerable<Part> parts) => new JsonObject
    {
        ["bomFormat"] = "CycloneDX",
        ["specVersion"] = "1.6",
        ["version"] = 1,
        ["metadata"] = new JsonObject
        {
            ["component"] = new JsonObject { ["type"] = "application", ["name"] = name, ["version"] = version },
        },
        ["components"] = new JsonArray([.. parts.Select(Component)]),
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    private static JsonObject Component(Part part) => new()
    {
        ["type"] = "library",
        ["name"] = part.Name,
        ["version"] = part.Version,
        ["purl"] = $"pkg:nuget/{part.Name}@{part.Version}",
        ["hashes"] = new JsonArray(new JsonObject
        {
            ["alg"] = "SHA-512",
            ["content"] = Convert.ToHexStringLower(Convert.FromBase64String(part.Sha512)),
        }),
    };

    private static IEnumerable<string> FilesOf(JsonElement library)
    {
        foreach (var kind in (string[])["runtime", "native", "resources"])
        {
            if (!library.TryGetProperty(kind, out var files)) continue;
            foreach (var file in files.EnumerateObject()) yield return Path.GetFileName(file.Name);
        }
    }
}
