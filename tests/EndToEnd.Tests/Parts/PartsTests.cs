using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Parts;

/// <summary>
/// What is shipped is known: no library lies beside the server that the bill of materials does not name (T123). The
/// bill is left beside the reports of <c>./check</c>.
/// </summary>
public class PartsTests
{
    private const string Program = "Gatehouse.Server";

    [Fact]
    public async Task Every_library_beside_the_server_is_in_the_bill_of_materials()
    {
        var folder = Path.GetDirectoryName(await Published.Server())!;
        var parts = BillOfMaterials.Of(folder, Program);
        var named = parts.SelectMany(part => part.Files).Append($"{Program}.dll").ToHashSet(StringComparer.Ordinal);
        var shipped = Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!)
            .Where(file => Path.GetExtension(file) is ".dll" or ".so" or ".dylib");

        Assert.DoesNotContain(shipped, file => !named.Contains(file));
        Assert.All(parts, part => Assert.Equal(64, Convert.FromBase64String(part.Sha512).Length));
        foreach (var expected in (string[])["MailKit", "MimeKit", "Npgsql", "NSec.Cryptography"])
            Assert.Contains(parts, part => part.Name == expected);
        Keep(BillOfMaterials.Write(Program, VersionOf(folder), parts));
    }

    private static string VersionOf(string folder) => System.Diagnostics.FileVersionInfo
        .GetVersionInfo(Path.Combine(folder, $"{Program}.dll")).ProductVersion ?? "";

    private static void Keep(string bill)
    {
        if (Environment.GetEnvironmentVariable("GATEHOUSE_FIGURES") is { Length: > 0 } figures)
            File.WriteAllText(Path.Combine(Path.GetDirectoryName(figures)!, "sbom.cdx.json"), bill);
    }
}
