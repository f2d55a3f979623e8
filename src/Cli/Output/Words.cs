namespace Gatehouse.Cli.Output;

/// <summary>Names of the wire as people read them.</summary>
internal static class Words
{
    /// <summary><c>user_name</c> becomes <c>User name</c>, <c>ssh_keys</c> becomes <c>SSH keys</c>.</summary>
    public static string Label(string name) =>
        Capitalised(string.Join(' ', name.Split('_').Select(word => word switch
        {
            "api" or "id" or "mfa" or "ssh" or "uuid" => word.ToUpperInvariant(),
            _ => word,
        })));

    /// <summary><c>STANDARD</c> becomes <c>Standard</c>.</summary>
    public static string Name(string name) => Capitalised(name.ToLowerInvariant());

    /// <summary>With a capital letter in front.</summary>
    public static string Capitalised(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
