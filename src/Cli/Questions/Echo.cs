using System.Runtime.InteropServices;

namespace Gatehouse.Cli.Questions;

/// <summary>
/// Whether a terminal shows what is typed. It is switched off before the prompt appears, so that not even what was
/// typed ahead is shown; the terminal's own line editing stays.
/// </summary>
internal static partial class Echo
{
    private const int StandardInput = 0;
    private const byte EchoBit = 0x8;
    private const uint WindowsInput = unchecked((uint)-10);
    private const uint WindowsEchoBit = 0x4;
    private static Action? restore;

    /// <summary>Hides what is typed until it is disposed of.</summary>
    public static IDisposable Off()
    {
        restore = OperatingSystem.IsWindows() ? OffOnWindows() : OffOnUnix();
        return new Hidden();
    }

    /// <summary>Shows what is typed again; for a run that ends in the middle of a prompt.</summary>
    public static void Restore() => Interlocked.Exchange(ref restore, null)?.Invoke();

    private static Action? OffOnUnix()
    {
        // struct termios is smaller than this everywhere; the local flags follow three flag words of the same size.
        var before = new byte[256];
        if (GetAttributes(StandardInput, before) != 0)
            return null;

        var localFlags = OperatingSystem.IsMacOS() ? 3 * sizeof(ulong) : 3 * sizeof(uint);
        var hidden = (byte[])before.Clone();
        hidden[localFlags] &= unchecked((byte)~EchoBit);
        SetAttributes(StandardInput, actions: 0, hidden);
        return () => SetAttributes(StandardInput, actions: 0, before);
    }

    private static Action? OffOnWindows()
    {
        var handle = GetStdHandle(WindowsInput);
        if (!GetConsoleMode(handle, out var before))
            return null;

        SetConsoleMode(handle, before & ~WindowsEchoBit);
        return () => SetConsoleMode(handle, before);
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetAttributes(int file, Span<byte> attributes);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetAttributes(int file, int actions, ReadOnlySpan<byte> attributes);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint GetStdHandle(uint handle);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleMode(nint handle, out uint mode);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleMode(nint handle, uint mode);

    private sealed class Hidden : IDisposable
    {
        public void Dispose() => Restore();
    }
}
