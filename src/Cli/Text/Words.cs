namespace Gatehouse.Cli.Text;

/// <summary>Names of the wire as people read them.</summary>
internal static class Words
{
    /// <summary><c>ssh_keys</c> becomes <c>Ssh keys</c>.</summary>
    public static string Label(string name) => Capitalised(name.Replace('_', ' '));

    /// <summary><c>STANDARD</c> becomes <c>Standard</c>.</summary>
    public static string Name(string name) => Capitalised(name.ToLowerInvariant());

    /// <summary>With a capital letter in front.</summary>
    public static string Capitalised(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
