using System.ComponentModel;
using System.Diagnostics;

namespace Gatehouse.Cli;

/// <summary>Opens a page in the browser of whoever sits in front, where there is one. Never fails.</summary>
internal static class Browser
{
    /// <summary>Opens a page of http or https; anything else a server might name is left alone.</summary>
    public static void Open(string url, Surroundings surroundings)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https"))
            return;
        if (Opener(surroundings) is not { } opener)
            return;

        try
        {
            using var process = Process.Start(new ProcessStartInfo(opener, [page.AbsoluteUri])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            });
        }
        catch (Exception none) when (none is Win32Exception or PlatformNotSupportedException)
        {
            // The address stands in the terminal.
        }
    }

    /// <summary>On Unix only where there is a screen: a browser of the terminal would take it over.</summary>
    private static string? Opener(Surroundings surroundings) =>
        OperatingSystem.IsWindows() ? "explorer"
        : OperatingSystem.IsMacOS() ? "open"
        : surroundings.NonEmpty("DISPLAY") is not null || surroundings.NonEmpty("WAYLAND_DISPLAY") is not null
            ? "xdg-open"
            : null;
}
