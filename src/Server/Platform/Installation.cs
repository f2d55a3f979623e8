using System.Reflection;
using System.Text;
using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Platform;

/// <summary>
/// What has to be right before the first request: the folder, the master key, the versions of what we stand on. Each
/// check answers what is wrong in one sentence that names the setting; a wrong start does not start.
/// </summary>
public static class Installation
{
    private const string CheckName = "master-key-check";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly System.Version OldestRuntime = new(10, 0, 7);
    private static readonly System.Version OldestSqlite = new(3, 51, 3);

    /// <summary>
    /// The master key of the settings, or of the file in the data folder, which the first start makes.
    /// </summary>
    public static MasterKey LoadMasterKey(Settings settings)
    {
        try
        {
            Directory.CreateDirectory(settings.DataDirectory);
            if (settings.MasterKey is null && !File.Exists(KeyFile(settings))) WriteMasterKey(KeyFile(settings));
            return FindMasterKey(settings)!;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            throw new MistakenStart($"DataDirectory cannot be used: {unusable.Message}");
        }
    }

    /// <summary>The same, without making one; null where there is none yet.</summary>
    public static MasterKey? FindMasterKey(Settings settings)
    {
        if (settings.MasterKey is { } set) return MasterKey.Parse(set)!;
        var path = KeyFile(settings);
        try
        {
            if (!File.Exists(path)) return null;
            return MasterKey.Parse(new Secret(File.ReadAllText(path)))
                ?? throw new MistakenStart($"MasterKey: {path} does not hold 32 random bytes in base64.");
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            throw new MistakenStart($"DataDirectory cannot be used: {unusable.Message}");
        }
    }

    /// <summary>Checks the versions of runtime, SQLite and MimeKit, and that Unicode is there.</summary>
    public static IEnumerable<string> Outdated()
    {
        if (Environment.Version < OldestRuntime)
            yield return $".NET {Environment.Version} is older than {OldestRuntime}, which has a security fix.";
        if (System.Version.Parse(new SqliteConnection().ServerVersion) is var sqlite && sqlite < OldestSqlite)
            yield return $"SQLite {sqlite} is older than {OldestSqlite}, which fixes a corruption.";
        if (typeof(MimeKit.MimeMessage).Assembly.GetName().Version < new System.Version(4, 15, 1))
            yield return "MimeKit is older than 4.15.1, which has a security fix.";
        if (!"e\u0301".IsNormalized(NormalizationForm.FormD) || "e\u0301".Normalize(NormalizationForm.FormC) != "é")
            yield return "Unicode normalisation is switched off (InvariantGlobalization): passwords would not compare.";
    }

    /// <summary>Makes sure that the master key is the one that this database was made with.</summary>
    public static async Task CheckMasterKey(Db db, MasterKey key, TimeProvider clock, CancellationToken stop)
    {
        if (await IsKeyOf(db, key, stop) is null)
        {
            var value = CheckValue(key);
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO installation_secrets (name, sealed, created_at)
                VALUES ({CheckName}, {value}, {clock.UtcNow()})
                ON CONFLICT (name) DO NOTHING
                """, stop);
        }

        if (await IsKeyOf(db, key, stop) != true)
            throw new MistakenStart("MasterKey (or MasterKeyFile) is not the key that this database was made with.");
    }

    /// <summary>Says whether a database was made with this key; null where it was made with none yet.</summary>
    public static async Task<bool?> IsKeyOf(Db db, MasterKey key, CancellationToken stop)
    {
        var row = await db.InstallationSecrets.AsNoTracking().SingleOrDefaultAsync(s => s.Name == CheckName, stop);
        return row is null ? null : CheckValue(key).AsSpan().SequenceEqual(row.Sealed);
    }

    /// <summary>Makes sure that SQLite writes every commit to the disk before it says so.</summary>
    public static async Task CheckDurability(Db db, CancellationToken stop)
    {
        if (db is not SqliteDb) return;
        var synchronous = await db.Database
            .SqlQuery<int>($"SELECT synchronous AS \"Value\" FROM pragma_synchronous").ToListAsync(stop);
        if (synchronous[0] < 2) throw new MistakenStart("Database: SQLite does not run with synchronous=FULL.");
    }

    /// <summary>The version of this build.</summary>
    public static string Version =>
        typeof(Installation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];

    private static string KeyFile(Settings settings) =>
        Path.Combine(Path.GetFullPath(settings.DataDirectory), "master.key");

    private static byte[] CheckValue(MasterKey key) => key.Hash(HashPurpose.Check, "gatehouse");

    /// <summary>
    /// Written elsewhere and moved when it is whole: a kill leaves no half of a key, and of two that start at once one
    /// is first and the other reads its key.
    /// </summary>
    private static void WriteMasterKey(string path)
    {
        var draft = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(draft, options))
        {
            file.Write(Encoding.ASCII.GetBytes(MasterKey.Generate().Reveal() + "\n"));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}

/// <summary>
/// The start cannot go on; the message says what to change. The process ends with 2 where a setting is wrong, with 1
/// where what it names is not to be had right now.
/// </summary>
public sealed class MistakenStart(string message, int exitCode = 2) : Exception(message)
{
    public int ExitCode => exitCode;
}
