namespace Gatehouse.Cli.Storage;

/// <summary>
/// Lets one run at a time change what all runs share. The system gives the lock back when its holder dies.
/// </summary>
internal static class FileLock
{
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolationOnWindows = unchecked((int)0x80070020);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits for the lock; disposing it gives it back.</summary>
    /// <exception cref="IOException">Somebody held it for too long, or it cannot be had at all.</exception>
    public static async Task<IDisposable> Take(Surroundings surroundings, CancellationToken cancelled)
    {
        PrivateFile.MakeDirectory(surroundings.StateDirectory);
        var path = Path.Combine(surroundings.StateDirectory, "lock");
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException held) when (IsHeld(held) && TimeProvider.System.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Pause, cancelled);
            }
        }
    }

    private static bool IsHeld(IOException reason) =>
        reason.HResult is WouldBlockOnLinux or WouldBlockOnMac or SharingViolationOnWindows;
}
