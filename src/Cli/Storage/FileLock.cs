namespace Gatehouse.Cli.Storage;

/// <summary>Lets one run at a time change what all runs share. The system gives the lock back when its holder dies.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits for the lock; disposing it gives it back.</summary>
    /// <exception cref="Failure">Somebody held it for too long.</exception>
    public static async Task<IDisposable> Take(string path, CancellationToken cancelled)
    {
        PrivateFile.MakeDirectory(Path.GetDirectoryName(path)!);
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Pause, cancelled);
            }
            catch (IOException stuck)
            {
                throw new Failure(ExitCode.Error, $"Another run keeps {path} locked: {stuck.Message}");
            }
        }
    }
}
