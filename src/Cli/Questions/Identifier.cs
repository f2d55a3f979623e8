namespace Gatehouse.Cli.Questions;

/// <summary>IDs that the server gives out and users give back.</summary>
internal static class Identifier
{
    /// <summary>The ID in the one spelling that the server takes.</summary>
    /// <param name="text">As the user gave it.</param>
    /// <param name="what">What it is of: <c>database</c>.</param>
    /// <param name="hint">Says where the IDs are.</param>
    /// <exception cref="Failure">It is none, so that nothing can have it (exit code 2).</exception>
    public static string Read(string text, string what, string hint) =>
        Guid.TryParse(text, out var id)
            ? id.ToString("D")
            : throw Failure.Usage($"`{text}` is no ID of a {what}.", hint);
}
