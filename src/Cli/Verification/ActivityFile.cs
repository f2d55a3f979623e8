using System.Text.Json;
using Gatehouse.Cli.Output;

namespace Gatehouse.Cli.Verification;

/// <summary>Reads activity from a file of <c>account:export</c> or of <c>account:activity --json</c>.</summary>
internal static class ActivityFile
{
    /// <summary>The chain in a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="account">The account, where the file does not name it.</param>
    /// <param name="program">What people call this program.</param>
    /// <exception cref="Failure">There is none in it.</exception>
    public static ActivityChain Read(string path, string? account, string program)
    {
        var content = Parse(path);
        var isExport = content.ValueKind == JsonValueKind.Object;
        ActivityEntry[] entries =
            [.. (isExport ? content.Items("activity") : content.Items().Reverse()).Select(e => new ActivityEntry(e))];
        var named = account ?? content.Text("account_id") ?? entries.FirstOrDefault()?.Account;
        return named is not null ? new ActivityChain(named, entries, isExport) : throw new Failure(
            ExitCode.Error,
            $"{path} does not name the account whose activity it is, which is part of every hash.",
            $"Verify a file of `{program} account:export`, or give its `account_id`: --account ID");
    }

    private static JsonElement Parse(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new Failure(ExitCode.Error, $"{path} is not JSON.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new Failure(ExitCode.Error, $"The activity cannot be read: {unreadable.Message}");
        }
    }
}
