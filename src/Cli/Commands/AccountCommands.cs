using System.Text.Json;
using Gatehouse.Cli.Output;

namespace Gatehouse.Cli.Commands;

/// <summary>The account itself.</summary>
internal static class AccountCommands
{
    /// <summary><c>account</c>: which account this is, its tier, what it may use and what it has left.</summary>
    public static void Show(Verb verb)
    {
        var showKey = verb.Flag("--show-key", "Show the API key too");
        verb.Runs(async run =>
        {
            var reply = await run.AsAccount().Get("/api/users", run.Cancelled);
            run.Show(reply.OrFail().Data, account => Draw(account, run.Value(showKey)));
        });
    }

    private static FieldList Draw(JsonElement account, bool showKey)
    {
        var fields = new FieldList()
            .Add("Email", account.Text("email"))
            .Add("User name", account.Text("user_name"))
            .Add("Google", account.Text("google"))
            .Add("Tier", account.Text("tier"))
            .Add("Status", account.Text("status"))
            .Add("Credits", account.Cents("credit_cents"));
        if (showKey)
            fields.Add("API key", account.Text("api_key"));
        foreach (var (name, limit) in account.Members("limits"))
            fields.Add(Words.Label(name), $"{limit.Text("used")} of {limit.Text("limit")}");
        return fields;
    }
}
