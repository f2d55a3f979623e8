namespace Gatehouse.Domain;

/// <summary>The text of an API key: <c>gate_</c> and what <see cref="KeyForm"/> says.</summary>
public static class ApiKeyText
{
    private const string Prefix = "gate_";

    /// <summary>A new key.</summary>
    public static Secret Generate() => KeyForm.Generate(Prefix);

    /// <summary>Says whether a text can be a key at all.</summary>
    public static bool IsWellFormed(string text) => KeyForm.Fits(Prefix, text);
}
