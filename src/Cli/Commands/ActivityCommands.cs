using System.Globalization;
using System.Text;
using System.Text.Json;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;
using Gatehouse.Cli.Storage;
using Gatehouse.Cli.Verification;

namespace Gatehouse.Cli.Commands;

/// <summary>What happened to the account, and all that is stored about it.</summary>
internal static class ActivityCommands
{
    private const int MostPerPage = 1000;
    private const int Usual = 100;

    /// <summary><c>account:activity</c>: the newest first; or, offline, the proof that a file of it is whole.</summary>
    public static void Show(Verb verb)
    {
        var limit = verb.Number("--limit", $"Show the newest N entries; else {Usual}", Usual);
        var verify = verb.Option("--verify", "FILE", "Prove that a file of `account:export` was not altered; offline");
        var account = verb.Option("--account", "ID", "The account of the file, where it does not name it");
        verb.Runs(async run =>
        {
            if (run.Value(verify) is { } path)
            {
                Verify(run, path, run.Value(account));
                return;
            }

            run.Show(await Newest(run, run.Value(limit)), Table);
        });
    }

    /// <summary><c>account:export</c>: everything, as JSON whoever reads it.</summary>
    public static void Export(Verb verb)
    {
        var file = verb.Option("--output", "FILE", "Write it to a file that only you may read", "-o");
        verb.Runs(async run =>
        {
            var text = JsonText.Of((await run.AsAccount().Get("/api/export", run.Cancelled)).OrFail().Data);
            if (run.Value(file) is not { } path)
            {
                run.Terminal.Print(text);
                return;
            }

            PrivateFile.Write(path, Encoding.UTF8.GetBytes($"{text}\n"));
            run.Terminal.Cheer($"Everything about the account is in {path}.");
            run.Terminal.Hint($"Its activity proves itself: `{run.Program} account:activity --verify {path}`");
        });
    }

    private static void Verify(Invocation run, string path, string? account)
    {
        var chain = ActivityFile.Read(path, account, run.Program);
        var verified = chain.Verify();
        run.Show(
            JsonSerializer.SerializeToElement(verified, ActivityWire.Default.VerifiedActivity),
            _ => new FieldList()
                .Add("Entries", $"{verified.Entries}, number {verified.First} to {verified.Last}")
                .Add("Last hash", verified.LastHash));
        run.Terminal.Cheer("Every entry is as it was written, and in its place.");
        if (verified.First > 1)
            run.Terminal.Complain($"What came before entry {verified.First} is not in this file.");
    }

    /// <summary>Page after page, until there are enough or no more.</summary>
    private static async Task<JsonElement> Newest(Invocation run, int count)
    {
        var client = run.AsAccount();
        var entries = new List<JsonElement>();
        var before = "";
        while (entries.Count < count)
        {
            var size = Math.Min(MostPerPage, count - entries.Count);
            var reply = await client.Get(
                string.Create(CultureInfo.InvariantCulture, $"/api/activity?limit={size}{before}"), run.Cancelled);
            var page = reply.OrFail().Data.Items().ToArray();
            entries.AddRange(page);
            if (page.Length < size || page[^1].Text("sequence") is not { } oldest)
                break;
            before = $"&before={Uri.EscapeDataString(oldest)}";
        }

        return JsonSerializer.SerializeToElement([.. entries], ActivityWire.Default.JsonElementArray);
    }

    private static RecordTable Table(JsonElement entries)
    {
        var table = new RecordTable("Nothing happened yet.", "Entry", "Time (UTC)", "Event", "From", "With");
        foreach (var entry in entries.Items())
            table.Add(
                entry.Text("sequence"),
                entry.Time("at"),
                entry.Text("event"),
                entry.Text("address"),
                entry.Text("user_agent"));
        return table;
    }
}
