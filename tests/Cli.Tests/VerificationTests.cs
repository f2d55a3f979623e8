using System.Text.Json.Nodes;
using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class VerificationTests : IDisposable
{
    private const string AllFit = "Every entry is as it was written, and in its place.\n";

    /// <summary>The beginning of an export as a server wrote it, so that no rule is only ours.</summary>
    private const string Written = """
        {"account_id":"01a20585-7bbf-78a9-9cd2-0ef7300e80b0","activity":[
        {"address":"127.0.0.1","at":"2026-11-22T23:09:23.775489Z","event":"account.created",
         "context_hash":"78cc3193e8f433ce97ad4e0680ef40cca6eb1d8a37010e8e5173ca1601a87796",
         "hash":"0bbd0f753b43bd50605923b447d022c3eaebce582d1c1cc35d55766565ec70a3",
         "previous_hash":"0000000000000000000000000000000000000000000000000000000000000000",
         "request_id":"0HNQ8TMHJQOKF:00000001","salt":"25a9aad8415c3aee81b363ba5dd45aab","sequence":1,"subject":"",
         "user_agent":"GatehouseCLI/0.1.0"},
        {"address":"127.0.0.1","at":"2026-11-22T23:09:23.775489Z","event":"email.confirmed",
         "context_hash":"fcaf616eb989673cdab7998521e1d84bd11739ccd7e9f88e2538df720ae65640",
         "hash":"a3e308203708757445bb3a44a60f630def0411c07e307737d86c5df04f621959",
         "previous_hash":"0bbd0f753b43bd50605923b447d022c3eaebce582d1c1cc35d55766565ec70a3",
         "request_id":"0HNQ8TMHJQOKF:00000001","salt":"fa0baae4c8dc797f79237a8de7e4f1c9","sequence":2,"subject":"",
         "user_agent":"GatehouseCLI/0.1.0"}]}
        """;

    private readonly Machine machine = new();

    public static TheoryData<string, string> Changes => new()
    {
        { "at", "2026-11-22T23:09:59.775489Z" },
        { "event", "key.revoked" },
        { "subject", "" },
        { "key_id", "01a20585-7bbf-78a9-9cd2-0ef7300e80b2" },
        { "address", "127.0.0.2" },
        { "user_agent", "" },
        { "request_id", "request-1" },
        { "salt", "00" },
        { "salt", "no hex" },
        { "context_hash", "" },
        { "hash", "" },
    };

    public void Dispose() => machine.Dispose();

    [Fact]
    public async Task What_a_server_wrote_fits()
    {
        const string LastHash = "a3e308203708757445bb3a44a60f630def0411c07e307737d86c5df04f621959";
        using var sat = new Machine { HasPerson = true };

        Assert.Equal(new Ran(0, $$"""
            {
              "entries": 2,
              "first": 1,
              "last": 2,
              "last_hash": "{{LastHash}}"
            }

            """, AllFit), await Verify(machine, Written));
        Assert.Equal(
            new Ran(0, $"Entries     2, number 1 to 2\nLast hash   {LastHash}\n", AllFit), await Verify(sat, Written));
    }

    [Fact]
    public async Task Erased_origin_breaks_nothing()
    {
        var entries = ChainWriter.Write(4);
        foreach (var gone in new[] { "address", "user_agent", "request_id", "salt" })
            entries[1].Remove(gone);

        Assert.Equal(0, (await Verify(machine, ChainWriter.Export(entries))).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Altered_entry_is_named(string field, string value)
    {
        var entries = ChainWriter.Write(5);
        entries[2][field] = value;

        var ran = await Verify(machine, ChainWriter.Export(entries));

        Assert.Equal((1, ""), (ran.ExitCode, ran.Output));
        Assert.StartsWith("Entry 3 was altered: ", ran.Error);
        Assert.EndsWith("The entries before it, to number 2, fit.\n", ran.Error);
    }

    [Fact]
    public async Task Entry_written_anew_does_not_fit_the_next()
    {
        var entries = ChainWriter.Write(5);
        entries[2]["event"] = "key.revoked";
        entries[2]["hash"] = ChainWriter.HashOf(entries[2]);

        Assert.StartsWith(
            "Entry 4 does not go on from entry 3.", (await Verify(machine, ChainWriter.Export(entries))).Error);
    }

    [Fact]
    public async Task Line_break_cannot_move_the_border_between_fields()
    {
        var entries = ChainWriter.Write(1);
        var (time, name) = ((string)entries[0]["at"]!, (string)entries[0]["event"]!);
        entries[0]["at"] = $"{time}\n{name}";
        entries[0]["event"] = (string)entries[0]["subject"]!;
        entries[0]["subject"] = "";
        entries[0].Remove("key_id");

        Assert.StartsWith("Entry 1 was altered: ", (await Verify(machine, ChainWriter.Export(entries))).Error);
    }

    [Theory]
    [InlineData(0, "Entry 1 is missing: entry 2 stands in its place.")]
    [InlineData(2, "Entry 3 is missing: entry 4 stands in its place.")]
    public async Task Removed_entry_is_named(int index, string said)
    {
        var entries = ChainWriter.Write(5);
        entries.RemoveAt(index);

        var ran = await Verify(machine, ChainWriter.Export(entries));

        Assert.Equal(1, ran.ExitCode);
        Assert.StartsWith(said, ran.Error);
    }

    [Fact]
    public async Task Reordered_entries_are_named()
    {
        var entries = ChainWriter.Write(5);
        (entries[1], entries[2]) = (entries[2], entries[1]);

        Assert.StartsWith(
            "Entry 2 is missing: entry 3 stands in its place.",
            (await Verify(machine, ChainWriter.Export(entries))).Error);
    }

    [Fact]
    public async Task Entries_of_another_account_do_not_fit()
    {
        var export = JsonNode.Parse(ChainWriter.Export(ChainWriter.Write(2)))!;
        export["account_id"] = "01a20585-7bbf-78a9-9cd2-0ef7300e80b9";

        Assert.StartsWith("Entry 1 was altered", (await Verify(machine, export.ToJsonString())).Error);
    }

    [Fact]
    public async Task Printed_activity_is_verified_for_an_account()
    {
        var newest = ChainWriter.Activity(ChainWriter.Write(9).Skip(4));

        var nameless = await Verify(machine, newest);
        var named = await Verify(machine, newest, "--account", ChainWriter.Account);

        Assert.Equal(1, nameless.ExitCode);
        Assert.Contains("--account ID", nameless.Error);
        Assert.Equal(0, named.ExitCode);
        Assert.Contains("\"first\": 5", named.Output);
        Assert.Equal($"{AllFit}What came before entry 5 is not in this file.\n", named.Error);
    }

    [Fact]
    public async Task Printed_activity_may_name_its_account()
    {
        var entries = ChainWriter.Write(3);
        foreach (var entry in entries)
            entry["account_id"] = ChainWriter.Account;

        Assert.Equal(0, (await Verify(machine, ChainWriter.Activity(entries))).ExitCode);
    }

    [Theory]
    [InlineData("no json", "is not JSON")]
    [InlineData("[]", "does not name the account")]
    [InlineData("\"text\"", "does not name the account")]
    [InlineData("""{"account_id":"a","activity":[]}""", "There is no activity")]
    [InlineData("""{"account_id":"a","activity":[1]}""", "Entry 1 is missing")]
    public async Task Other_files_prove_nothing(string content, string said)
    {
        var ran = await Verify(machine, content);

        Assert.Equal((1, ""), (ran.ExitCode, ran.Output));
        Assert.Contains(said, ran.Error);
    }

    [Fact]
    public async Task Missing_file_is_said_to_be_missing() =>
        Assert.Equal(1, (await machine.Run("account:activity", "--verify", machine.FilePath("none"))).ExitCode);

    private static async Task<Ran> Verify(Machine machine, string content, params string[] words)
    {
        var file = machine.FilePath("activity.json");
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        return await machine.Run(["account:activity", "--verify", file, .. words]);
    }
}
