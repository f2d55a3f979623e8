namespace Gatehouse.WebConsole.Apps;

/// <summary>An app in words.</summary>
internal static class AppText
{
    /// <summary>How large it is.</summary>
    public static string Scale(Domain.App app) => app.Replicas switch
    {
        0 => $"no replicas, {app.Size} GB each",
        1 => $"1 replica of {app.Size} GB",
        var many => $"{many} replicas of {app.Size} GB",
    };
}
