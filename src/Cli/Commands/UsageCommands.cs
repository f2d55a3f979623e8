using System.Text.Json;
using Gatehouse.Cli.Output;

namespace Gatehouse.Cli.Commands;

/// <summary>What the running month costs, app by app; databases count in the row of their app.</summary>
internal static class UsageCommands
{
    /// <summary><c>account:usage</c>: so far.</summary>
    public static void Show(Verb verb) => verb.Runs(async run =>
    {
        var reply = await run.AsAccount().Get("/api/usage", run.Cancelled);
        run.Show(reply.OrFail().Data, apps => Table(apps, "Nothing was used this month.", "So far"));
    });

    /// <summary><c>account:usage:running</c>: a full month, if nothing changes.</summary>
    public static void ShowRunning(Verb verb) => verb.Runs(async run =>
    {
        var reply = await run.AsAccount().Get("/api/usage/run_rate", run.Cancelled);
        run.Show(reply.OrFail().Data, apps => Table(apps, "Nothing runs that costs anything.", "A full month"));
    });

    private static RecordTable Table(JsonElement apps, string otherwise, string column)
    {
        var table = new RecordTable(otherwise, "App", column);
        foreach (var app in apps.Items())
            table.Add(app.Text("app"), app.Cents("amount_cents"));
        if (apps.Items().Skip(1).Any())
            table.Add("Total", JsonReading.Dollars(apps.Items().Sum(app => app.Number("amount_cents") ?? 0)));
        return table;
    }
}
