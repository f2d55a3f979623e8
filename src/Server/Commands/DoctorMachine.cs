using System.Globalization;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Commands;

/// <summary>What the doctor measures on this machine.</summary>
internal sealed class DoctorMachine(Settings settings, TimeProvider clock)
{
    private const long Megabyte = 1024 * 1024;
    private const long TooFull = 200 * Megabyte;
    private const long NearlyFull = 2048 * Megabyte;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite;

    private const long EnoughHashes = 2000;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(2);

    /// <summary>Where it is, and whether others of this machine can read the master key in it.</summary>
    public DoctorFinding DataDirectory()
    {
        const string Check = "DataDirectory";
        var folder = Path.GetFullPath(settings.DataDirectory);
        var key = Path.Combine(folder, "master.key");
        if (!Directory.Exists(folder))
            return DoctorFinding.Yellow(Check, $"{folder} is not there; the first start makes it");
        if (OperatingSystem.IsWindows() || !File.Exists(key)) return DoctorFinding.Green(Check, folder);
        return (File.GetUnixFileMode(key) & Others) == UnixFileMode.None
            ? DoctorFinding.Green(Check, $"{folder}, master.key is readable for its owner alone")
            : DoctorFinding.Red(Check, $"others can read {key}: chmod 600, and think about a new key");
    }

    /// <summary>What is left where SQLite and local mail are kept.</summary>
    public DoctorFinding Disk()
    {
        const string Check = "Disk";
        var folder = Path.GetFullPath(settings.DataDirectory);
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } above) folder = above;
        var free = new DriveInfo(folder).AvailableFreeSpace;
        var says = string.Create(
            CultureInfo.InvariantCulture, $"{free / (1024.0 * Megabyte):0.0} GB free for DataDirectory");
        return free < TooFull ? DoctorFinding.Red(Check, $"{says}: writes are about to fail")
            : free < NearlyFull ? DoctorFinding.Yellow(Check, says)
            : DoctorFinding.Green(Check, says);
    }

    /// <summary>
    /// Computes for two seconds on all cores, or often enough, what a log-in computes. What else the machine does
    /// meanwhile is in it, as it would be in the log-ins.
    /// </summary>
    public async Task<DoctorFinding> Hashing()
    {
        const string Check = "Log-ins";
        var chosen = settings.Accounts.Hashing;
        using var hashing = new PasswordHashing(settings, clock);
        if (!Password.Parse("correct horse battery staple").Is(out var password, out _))
            throw new InvalidOperationException("A fixed password is one.");
        var (start, before) = (clock.GetTimestamp(), hashing.Computed);
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(async _ =>
        {
            while (clock.GetElapsedTime(start) < Measured && hashing.Computed - before < EnoughHashes)
                await hashing.Hash(password, CancellationToken.None);
        }));
        var perSecond = (hashing.Computed - before) / clock.GetElapsedTime(start).TotalSeconds;
        var rate = perSecond.ToString("0", CultureInfo.InvariantCulture);
        var says = $"{rate} a second on {Environment.ProcessorCount} cores "
            + $"(Argon2id, {chosen.MemoryKiB} KiB, {chosen.Passes} passes)";
        var patience = chosen.Patience.TotalSeconds;
        return chosen.Queue > perSecond * patience
            ? DoctorFinding.Yellow(
                Check, $"{says}: of a queue of {chosen.Queue}, not all get their turn within {patience:0.#} s")
            : DoctorFinding.Green(Check, says);
    }
}
