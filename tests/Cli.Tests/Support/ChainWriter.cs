using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Gatehouse.Cli.Tests.Support;

/// <summary>Writes activity with the hashes that the server's audit log gives it.</summary>
public static class ChainWriter
{
    public const string Account = "01a20585-7bbf-78a9-9cd2-0ef7300e80b0";

    /// <summary>Entries 1 to <paramref name="count"/>, the oldest first.</summary>
    public static List<JsonObject> Write(int count)
    {
        var entries = new List<JsonObject>();
        var previous = new string('0', 64);
        for (var sequence = 1; sequence <= count; sequence++)
        {
            var entry = Next(sequence, previous);
            previous = (string)entry["hash"]!;
            entries.Add(entry);
        }

        return entries;
    }

    /// <summary>A file of <c>account:export</c>.</summary>
    public static string Export(IEnumerable<JsonObject> entries) => new JsonObject
    {
        ["account_id"] = Account,
        ["activity"] = new JsonArray([.. entries.Select(entry => entry.DeepClone())]),
    }.ToJsonString();

    /// <summary>A file of <c>account:activity --json</c>: the newest first.</summary>
    public static string Activity(IEnumerable<JsonObject> entries) =>
        new JsonArray([.. entries.Reverse().Select(entry => entry.DeepClone())]).ToJsonString();

    /// <summary>The hash that an entry should have.</summary>
    public static string HashOf(JsonObject entry) => Hash([], string.Join('\n',
        Account,
        $"{entry["sequence"]}",
        $"{entry["at"]}",
        $"{entry["event"]}",
        $"{entry["subject"]}",
        $"{entry["key_id"]}",
        $"{entry["context_hash"]}",
        $"{entry["previous_hash"]}"));

    private static JsonObject Next(int sequence, string previous)
    {
        var salt = Enumerable.Repeat((byte)sequence, 16).ToArray();
        var entry = new JsonObject
        {
            ["sequence"] = sequence,
            ["at"] = $"2026-11-22T23:09:{sequence:00}.775489Z",
            ["event"] = "key.created",
            ["subject"] = $"subject-{sequence}",
            ["address"] = "127.0.0.1",
            ["user_agent"] = "Žofie/1.0",
            ["request_id"] = $"request-{sequence}",
            ["salt"] = Convert.ToHexStringLower(salt),
            ["context_hash"] = Hash(salt, $"127.0.0.1\nŽofie/1.0\nrequest-{sequence}"),
            ["previous_hash"] = previous,
        };
        if (sequence % 2 == 0)
            entry["key_id"] = "01a20585-7bbf-78a9-9cd2-0ef7300e80b1";
        entry["hash"] = HashOf(entry);
        return entry;
    }

    private static string Hash(byte[] salt, string text) =>
        Convert.ToHexStringLower(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(text)]));
}
