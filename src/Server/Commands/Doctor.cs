using System.Text.Encodings.Web;
using System.Text.Json;
using Gatehouse.Data;
using Gatehouse.Platform;

namespace Gatehouse.Commands;

/// <summary>
/// <c>doctor</c>: says whether this installation is healthy, a line for each check. It looks and measures; it migrates
/// nothing, makes no file and sends no mail, so it is safe beside a running server and before the first start.
/// </summary>
public static class Doctor
{
    private const int Unhealthy = 1;
    private const int Mistaken = 2;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The verb, on this machine and its terminal.</summary>
    public static Task<int> Run(Settings settings, bool development, Verb verb) =>
        Run(settings, development, verb, DoctorPlace.Standard, TimeProvider.System);

    /// <summary>Looks at everything and prints it; 1 when something is red.</summary>
    /// <param name="settings">Those of the server.</param>
    /// <param name="development">Whether it runs as in Development, where more is allowed.</param>
    /// <param name="verb"><c>--json</c> may follow.</param>
    /// <param name="place">Where it prints.</param>
    /// <param name="clock">This machine's.</param>
    public static async Task<int> Run(
        Settings settings, bool development, Verb verb, DoctorPlace place, TimeProvider clock)
    {
        if (Unknown(verb) is { } word)
        {
            place.Error.WriteLine($"There is no {word}. It is: doctor [--json]");
            return Mistaken;
        }

        var findings = await Examine(settings, development, clock);
        if (verb.Options.Contains("--json", StringComparer.Ordinal)) PrintJson(findings, place.Output);
        else Print(findings, place);
        return findings.Any(finding => finding.Light == Light.Red) ? Unhealthy : 0;
    }

    private static async Task<List<DoctorFinding>> Examine(Settings settings, bool development, TimeProvider clock)
    {
        var services = new ServiceCollection().AddDatabase(settings.Database, settings.DataDirectory);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var database = new DoctorDatabase(scope.ServiceProvider.GetRequiredService<Db>(), settings, clock);
        var outside = new DoctorOutside(settings, development, clock);
        var machine = new DoctorMachine(settings, clock);
        return
        [
            .. await database.Look(),
            await new DoctorHosting(scope.ServiceProvider.GetRequiredService<Db>(), settings).Look(),
            await outside.Mail(),
            outside.Payments(),
            await outside.PublicUrl(),
            outside.Proxies(),
            machine.DataDirectory(),
            machine.Disk(),
            await machine.Hashing(),
        ];
    }

    /// <summary>Options with a colon are settings.</summary>
    private static string? Unknown(Verb verb) => verb.Words
        .Concat(verb.Options.Where(option => option.StartsWith('-') && !option.Contains(':')))
        .FirstOrDefault(word => word.Split('=')[0] is not ("--json" or "--urls"));

    private static void Print(List<DoctorFinding> findings, DoctorPlace place)
    {
        foreach (var finding in findings)
            place.Output.WriteLine($"{place.Paint(finding.Light)}  {finding.Check,-14}  {finding.Says}");
        var (red, yellow) = (Count(findings, Light.Red), Count(findings, Light.Yellow));
        place.Output.WriteLine();
        place.Output.WriteLine(
            red + yellow == 0 ? "Everything is green." : $"{red} red, {yellow} yellow of {findings.Count} checks.");
    }

    private static void PrintJson(List<DoctorFinding> findings, TextWriter output) =>
        output.WriteLine(JsonSerializer.Serialize(
            new
            {
                healthy = Count(findings, Light.Red) == 0,
                checks = findings.Select(finding => new
                {
                    check = finding.Check,
                    light = DoctorPlace.NameOf(finding.Light),
                    says = finding.Says,
                }),
            },
            Indented));

    private static int Count(List<DoctorFinding> findings, Light light) => findings.Count(f => f.Light == light);
}
