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
            var client = run.AsAccount();
            var account = (await client.Get("/api/users", run.Cancelled)).OrFail().Data;
            var cap = run.Terminal.WritesToPerson && account.Text("tier") == "STANDARD"
                ? await SpendCapCommands.Find(client, run.Cancelled)
                : null;
            run.Show(account, shown => Draw(shown, cap, run.Value(showKey)));
            SecondFactorCommands.SayHowManyCodes(run, account.Number("recovery_codes_left"));
            if (account.Text("status") == "suspended")
                run.Terminal.Complain(
                    "Suspended: nothing runs and nothing is billed. You can look, pay and leave.\n"
                    + $"What is owed: `{run.Program} account:invoices`.");
        });
    }

    private static FieldList Draw(JsonElement account, string? cap, bool showKey)
    {
        var fields = new FieldList()
            .Add("Email", account.Text("email"))
            .Add("User name", account.Text("user_name"))
            .Add("Google", account.Text("google"))
            .Add("Tier", account.Text("tier"))
            .Add("Status", Status(account.Text("status")))
            .Add("Credits", account.Cents("credit_cents"))
            .Add("Recovery codes", account.Text("recovery_codes_left") is { } left ? $"{left} left" : null)
            .Add("Spend cap", cap);
        if (showKey)
            fields.Add("API key", account.Text("api_key"));
        foreach (var (name, limit) in account.Members("limits"))
            fields.Add(Words.Label(name), $"{limit.Text("used")} of {limit.Text("limit")}");
        return fields;
    }

    private static string? Status(string? status) => status switch
    {
        "prepaid" => "prepaid: no card, usage is paid out of the credits",
        _ => status,
    };
}
