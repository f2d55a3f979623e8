namespace Gatehouse.Cli.Storage;

/// <summary>Files that only their owner may read, written so that nobody ever sees half of one.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The file's bytes, or null when there is none.</summary>
    public static byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Changes the file; runs that do so at the same time wait for each other.</summary>
    public static async Task Change(
        string path, Func<byte[], byte[]> edit, Surroundings surroundings, CancellationToken cancelled)
    {
        using var turn = await FileLock.Take(surroundings, cancelled);
        Write(path, edit(Read(path) ?? []));
    }

    /// <summary>Makes a file that was not there.</summary>
    /// <exception cref="IOException">It is there, or cannot be made.</exception>
    public static void Create(string path, byte[] content)
    {
        using var file = new FileStream(path, Options());
        RestrictToOwner(file);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    /// <summary>
    /// Replaces the file in one step, mode 0600 whatever the umask. A symbolic link stays one: its target is replaced.
    /// </summary>
    public static void Write(string path, byte[] content)
    {
        var target = Target(path);
        var directory = Path.GetDirectoryName(target)!;
        MakeDirectory(directory);

        // Always the same name: what a killed run left behind is gone with the next one.
        var temporary = Path.Combine(directory, $".{Path.GetFileName(target)}.gatehouse-new");
        File.Delete(temporary);
        try
        {
            Create(temporary, content);
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Makes a directory that only its owner may enter; one that exists stays as it is.</summary>
    internal static void MakeDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    private static string Target(string path) => new FileInfo(path).LinkTarget is null
        ? Path.GetFullPath(path)
        : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return options;
    }

    /// <summary>The mode at creation passes through the umask, which may take away even the owner's bits.</summary>
    private static void RestrictToOwner(FileStream file)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly);
    }
}
