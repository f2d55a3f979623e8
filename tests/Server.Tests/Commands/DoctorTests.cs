using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Gatehouse.Commands;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gatehouse.Tests.Commands;

/// <summary><c>doctor</c>: what is red says what to do, and looking changes nothing.</summary>
public sealed class DoctorTests
{
    private static readonly string[] Checks =
    [
        "Database", "Durability", "Clock", "Migrations", "Master key", "Outbox", "Webhooks", "Databases", "Mail",
        "Payments", "PublicUrl", "Proxies", "DataDirectory", "Disk", "Log-ins",
    ];

    [Theory, EveryDatabase]
    public async Task Healthy_installation_has_nothing_red(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var settings = SettingsOf(server) with { PublicUrl = server.Address.ToString().TrimEnd('/') };
        var seen = await Look(settings);
        // The cluster of the tests runs without fsync, which is what a doctor is there to find.
        var red = seen.Where(finding => finding.Light == "red").Select(finding => finding.Check).ToList();
        Assert.Equal(engine == Engine.Postgres ? ["Durability"] : [], red);
        Assert.Equal(Checks, seen.Select(finding => finding.Check));
        if (engine == Engine.Postgres) Assert.Contains("fsync is off", Says(seen, "Durability"));
        else Assert.Contains("synchronous FULL, foreign_keys on", Says(seen, "Durability"));
        Assert.Contains(engine == Engine.Postgres ? "PostgreSQL" : "SQLite", Says(seen, "Database"));
        Assert.Matches("^[1-9][0-9]* a second on [0-9]+ cores", Says(seen, "Log-ins"));
        Assert.Contains("answers", Says(seen, "PublicUrl"));
    }

    [Theory, EveryDatabase]
    public async Task Every_line_has_its_word_and_colour_is_for_terminals(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (exit, plain, _) = await Doctor(SettingsOf(server), colour: false);
        Assert.Equal(engine == Engine.Postgres ? 1 : 0, exit);
        Assert.Matches("(?m)^green   Migrations      all [0-9]+ applied$", plain);
        Assert.Matches("(?m)^[0-9] red, [0-9] yellow of 15 checks[.]$", plain);
        Assert.DoesNotContain('\u001b', plain);
        var coloured = (await Doctor(SettingsOf(server), colour: true)).Output;
        Assert.Contains("\u001b[32mgreen \u001b[0m", coloured, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Foreign_master_key_is_red(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var seen = await Look(SettingsOf(server) with { MasterKey = MasterKey.Generate() });
        Assert.Equal("red MasterKey (or MasterKeyFile) is not the key of this database", Line(seen, "Master key"));
    }

    [Theory, EveryDatabase]
    public async Task Clock_that_is_two_seconds_off_is_red(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        foreach (var (seconds, light) in new[] { (1, "green"), (3, "red"), (-3, "red") })
        {
            var seen = await Look(SettingsOf(server), new WrongClock(TimeSpan.FromSeconds(seconds)));
            Assert.True(Line(seen, "Clock").StartsWith(light, StringComparison.Ordinal), Line(seen, "Clock"));
        }
    }

    [Theory, EveryDatabase]
    public async Task Mail_that_waits_for_long_is_seen(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var created = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-90);
        await server.Ask<Db, int>(db =>
        {
            db.OutboxMails.Add(OutboxMail.Create(created, _ => [1]));
            return db.SaveChangesAsync();
        });
        Assert.StartsWith("red 1 mails wait, the oldest for 90 min", Line(await Look(SettingsOf(server)), "Outbox"));
    }

    [Fact]
    public async Task Nothing_there_is_red_and_stays_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("gatehouse-doctor-");
        var data = Path.Combine(folder.FullName, "data");
        var seen = await Look(new Settings { DataDirectory = data });
        Assert.Contains("there is none yet", Line(seen, "Database"));
        Assert.StartsWith("yellow", Line(seen, "DataDirectory"));
        Assert.False(Directory.Exists(data));
        Directory.CreateDirectory(data);
        await File.WriteAllBytesAsync(Path.Combine(data, "gatehouse.db"), []);
        await Look(new Settings { DataDirectory = data });
        Assert.Equal(["gatehouse.db"], Directory.GetFiles(data).Select(Path.GetFileName));
        folder.Delete(recursive: true);
    }

    [Theory, EveryDatabase]
    public async Task Missing_migration_is_red_and_stays_missing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var last = await server.Ask<Db, string>(async db => (await db.Database.GetAppliedMigrationsAsync()).Last());
        await server.Ask<Db, int>(db => db.Database.ExecuteSqlAsync(
            $"DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" = {last}"));
        var seen = await Look(SettingsOf(server));
        Assert.Matches("^red 1 of [0-9]+ are missing: `gatehouse migrate`$", Line(seen, "Migrations"));
        Assert.Single(await server.Ask<Db, List<string>>(
            async db => [.. await db.Database.GetPendingMigrationsAsync()]));
    }

    [Fact]
    public async Task Database_that_does_not_answer_is_red_and_its_password_is_not_shown()
    {
        var database = new Secret($"Host=127.0.0.1;Port={ClosedPort()};Database=gone;Username=g;Password=hush-hush");
        var (exit, output, _) = await Doctor(new Settings { Database = database }, colour: false);
        Assert.Equal(1, exit);
        Assert.Matches("(?m)^red     Database        PostgreSQL, gone at 127.0.0.1:[0-9]+: ", output);
        Assert.DoesNotContain("hush-hush", output);
    }

    [Fact]
    public async Task Mail_server_is_greeted_and_gets_no_message()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var heard = Greet(listener);
        var server = new MailSettings { Smtp = new Secret($"smtp://127.0.0.1:{port}") };
        Assert.Equal(
            "green 127.0.0.1 without TLS, no password set", Line(await Look(new Settings { Mail = server }), "Mail"));
        Assert.Equal(["EHLO", "QUIT"], await heard);
        var closed = new MailSettings { Smtp = new Secret($"smtp://127.0.0.1:{ClosedPort()}") };
        Assert.StartsWith("red 127.0.0.1: ", Line(await Look(new Settings { Mail = closed }), "Mail"));
    }

    [Fact]
    public async Task What_is_set_on_purpose_is_judged()
    {
        var seen = await Look(new Settings { PublicUrl = "http://gate.example.org", Proxies = ["10.0.0.1", "::/0"] });
        Assert.StartsWith("red http://gate.example.org is not https", Line(seen, "PublicUrl"));
        Assert.StartsWith("red ::/0 is everybody", Line(seen, "Proxies"));
        Assert.StartsWith("yellow sandbox", Line(seen, "Payments"));
        Assert.StartsWith("yellow local", Line(seen, "Mail"));
        var silent = await Look(new Settings { PublicUrl = $"https://localhost:{ClosedPort()}" });
        Assert.Contains("does not answer", Line(silent, "PublicUrl"));
        Assert.StartsWith("yellow none, and PublicUrl is https", Line(silent, "Proxies"));
    }

    [Fact]
    public async Task Mistyped_call_says_how_it_is_typed()
    {
        var (exit, _, error) = await Doctor(new Settings(), colour: false, "--jsn");
        Assert.Equal((2, "There is no --jsn. It is: doctor [--json]\n"), (exit, error));
    }

    /// <summary>Measuring what a log-in costs takes two seconds, unless it costs next to nothing.</summary>
    private static Settings Cheap(Settings settings) =>
        settings with { Accounts = settings.Accounts with { Hashing = TestServer.CheapHashing } };

    private static Settings SettingsOf(TestServer server) => server.Services.GetRequiredService<Settings>();

    private static string Says(IEnumerable<Finding> seen, string check) => seen.Single(f => f.Check == check).Says;

    private static string Line(IEnumerable<Finding> seen, string check) =>
        seen.Where(f => f.Check == check).Select(f => $"{f.Light} {f.Says}").Single();

    private static async Task<IReadOnlyList<Finding>> Look(Settings settings, TimeProvider? clock = null)
    {
        using var output = new StringWriter();
        var place = new DoctorPlace(output, TextWriter.Null, IsColoured: false);
        var verb = Verb.Parse(["doctor", "--json"]);
        var exit = await Gatehouse.Commands.Doctor.Run(
            Cheap(settings), development: false, verb, place, clock ?? TimeProvider.System);
        var report = JsonDocument.Parse(output.ToString()).RootElement;
        Assert.Equal(exit == 0, report.GetProperty("healthy").GetBoolean());
        return [.. report.GetProperty("checks").EnumerateArray().Select(finding => new Finding(
            finding.GetProperty("check").GetString()!,
            finding.GetProperty("light").GetString()!,
            finding.GetProperty("says").GetString()!))];
    }

    private static async Task<(int Exit, string Output, string Error)> Doctor(
        Settings settings, bool colour, params string[] options)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var verb = Verb.Parse(["doctor", .. options]);
        var exit = await Gatehouse.Commands.Doctor.Run(
            settings, development: false, verb, new DoctorPlace(output, error, colour), TimeProvider.System);
        return (exit, output.ToString(), error.ToString());
    }

    /// <summary>A mail server that knows two words.</summary>
    private static async Task<List<string>> Greet(TcpListener listener)
    {
        using var peer = await listener.AcceptTcpClientAsync();
        await using var stream = peer.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 mail.example.org");
        var heard = new List<string>();
        while (heard.LastOrDefault() != "QUIT" && await reader.ReadLineAsync() is { } line)
        {
            heard.Add(line.Split(' ')[0]);
            await writer.WriteLineAsync(heard[^1] == "QUIT" ? "221 bye" : "250 mail.example.org");
        }

        return heard;
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>This machine's clock, set wrongly.</summary>
    private sealed class WrongClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }

    private sealed record Finding(string Check, string Light, string Says);
}
