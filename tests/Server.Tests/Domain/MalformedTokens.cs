namespace Gatehouse.Tests.Domain;

/// <summary>Thirty texts that are no token, no code and no handle (T7).</summary>
internal static class MalformedTokens
{
    public static readonly IReadOnlyList<string?> All =
    [
        null, "", " ", "\t", "\0", "0", "null", "undefined", "true", "{}", "[]", "%00", "../..", "' OR '1'='1",
        "12345", "1234567", "12345a", "\u0661\u0662\u0663\u0664\u0665\u0666", "123\n456", "-12345",
        "00000000-0000-0000-0000-00000000000", "{00000000-0000-0000-0000-000000000000}",
        "00000000000000000000000000000000", "00000000-0000-0000-0000-000000000000\n",
        "zzzzzzzz-0000-0000-0000-000000000000",
        new('A', 42), new('A', 44), new string('A', 42) + "=", new string('A', 42) + "+",
        new string('A', 42) + "\u212a", new('A', 10_000),
    ];
}
