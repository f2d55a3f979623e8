using System.Text;
using Gatehouse.Platform;
using Microsoft.Net.Http.Headers;

namespace Gatehouse.WebConsole.Downloads;

/// <summary>
/// The command line as this server hands it out: the script that installs it, the programs, and their checksums. The
/// script holds the sums itself, so that it and a program from elsewhere never go together.
/// </summary>
internal static class DownloadFiles
{
    private static readonly string Script = ReadScript();

    public static void MapDownloads(this WebApplication app)
    {
        app.MapGet("/install.sh", (PublicUrl publicUrl, CliPrograms programs) =>
            Results.Text(InstallScript(publicUrl.Base, programs.All), "text/plain", Encoding.UTF8))
            .ExcludeFromDescription();
        app.MapGet("/cli/{file}", (string file, CliPrograms programs) => Download(file, programs))
            .ExcludeFromDescription();
    }

    /// <summary>The script of one server. An address may hold a quote (RFC 3986 2.2), which ends a text.</summary>
    internal static string InstallScript(string server, IEnumerable<CliProgram> programs) => Script
        .Replace("@server@", server.Replace("'", "%27", StringComparison.Ordinal), StringComparison.Ordinal)
        .Replace(
            "@programs@",
            string.Join('\n', programs.Select(program => $"{program.System} {program.FileName} {program.Sum}")),
            StringComparison.Ordinal);

    /// <summary>A program; with <c>.sha256</c> after its name the line that <c>sha256sum --check</c> reads.</summary>
    private static IResult Download(string file, CliPrograms programs)
    {
        const string SumOf = ".sha256";
        var asksForSum = file.EndsWith(SumOf, StringComparison.Ordinal);
        var name = asksForSum ? file[..^SumOf.Length] : file;
        return programs.All.FirstOrDefault(program => program.FileName == name) switch
        {
            null => Results.NotFound(),
            { } program when asksForSum => Results.Text($"{program.Sum}  {program.FileName}\n", "text/plain"),
            { } program => Results.File(
                program.Path, "application/octet-stream", program.FileName,
                entityTag: new EntityTagHeaderValue($"\"{program.Sum[..16]}\""), enableRangeProcessing: true),
        };
    }

    private static string ReadScript()
    {
        using var script = new StreamReader(
            typeof(DownloadFiles).Assembly.GetManifestResourceStream("install.sh")!, Encoding.UTF8);
        return script.ReadToEnd().ReplaceLineEndings("\n");
    }
}
