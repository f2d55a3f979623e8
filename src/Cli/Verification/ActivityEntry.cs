using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gatehouse.Cli.Output;

namespace Gatehouse.Cli.Verification;

/// <summary>
/// One entry of an audit log as a file has it, with the rules of its hashes. They are written here a second time, on
/// purpose: nothing of the server's is used to check the server.
/// </summary>
internal sealed class ActivityEntry(JsonElement entry)
{
    /// <summary>The number of the entry: 1, 2, 3, … within the account; null when it has none.</summary>
    public long? Sequence =>
        long.TryParse(entry.Text("sequence"), out var number) ? number : null;

    /// <summary>The hash of the entry before it, as this one has it.</summary>
    public string PreviousHash => Field("previous_hash");

    /// <summary>The hash that it has.</summary>
    public string Hash => Field("hash");

    /// <summary>The account that it names, if it does.</summary>
    public string? Account => entry.Text("account_id");

    /// <summary>Whether its content gives the hash that it has: SHA-256 over the other fields, one a line.</summary>
    public bool FitsItsHash(string account)
    {
        string[] lines =
        [
            account,
            Field("sequence"),
            Field("at"),
            Field("event"),
            Field("subject"),
            Field("key_id"),
            Field("context_hash"),
            PreviousHash,
        ];

        // A line break inside a field would let one text be cut into other fields.
        return !lines.Any(line => line.Any(char.IsControl)) && Hash == HashOf(Encoding.UTF8.GetBytes(Joined(lines)));
    }

    /// <summary>
    /// Whether where it came from gives the hash of that: SHA-256 over the salt and the fields, one a line. Once that
    /// was erased there is no salt, and nothing to compare.
    /// </summary>
    public bool FitsItsOrigin()
    {
        if (entry.Text("salt") is not { } salt)
            return true;

        var fields = Joined([Field("address"), Field("user_agent"), Field("request_id")]);
        try
        {
            return Field("context_hash") == HashOf([.. Convert.FromHexString(salt), .. Encoding.UTF8.GetBytes(fields)]);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private string Field(string name) => entry.Text(name) ?? "";

    private static string Joined(string[] lines) => string.Join('\n', lines);

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
