using System.Globalization;
using System.Text.Json;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Commands.Demos;

/// <summary>A month of two apps, its end, and its bill down to the second.</summary>
internal sealed class Month(Narrator narrator, DemoClient client, DemoMail mail)
{
    private const string Steady = "harbour";
    private const string Changing = "lighthouse";
    private static readonly TimeSpan ABit = TimeSpan.FromMinutes(1);

    public async Task Tell(DemoLogin ann)
    {
        await Run(ann);
        await Change(ann);
        await Destroy(ann);
        await End(ann);
        await Explain(ann);
    }

    private async Task Run(DemoLogin ann)
    {
        await narrator.Chapter("Two apps");
        await narrator.Say("A new app costs nothing. From the second in which it is scaled up, it is counted.");
        foreach (var (app, replicas, size) in ((string, int, decimal)[])[(Steady, 1, 0.2m), (Changing, 2, 0.5m)])
        {
            narrator.Command($"gatehouse apps:create -n {app}");
            await client.Ask("POST /api/apps", new { unique_name = app }, ann, "unique_name", "replicas", "size");
            await Scale(ann, app, replicas, size);
        }

        await narrator.Say("What a full month of that would cost:");
        narrator.Command("gatehouse account:usage:running");
        await client.Ask("GET /api/usage/run_rate", body: null, ann);
    }

    private async Task Change(DemoLogin ann)
    {
        await narrator.Chapter("Ten days pass, and she scales down");
        await client.Pass(TimeSpan.FromDays(10));
        narrator.Command("gatehouse account:usage");
        await client.Ask("GET /api/usage", body: null, ann);
        await narrator.Say($"That is what an invoice would say now. {Changing} was too large:");
        await Scale(ann, Changing, 1, 0.2m);
    }

    private async Task Destroy(DemoLogin ann)
    {
        await narrator.Chapter("Five days later she destroys it");
        await client.Pass(TimeSpan.FromDays(5));
        narrator.Command($"gatehouse apps:destroy -a {Changing}");
        await client.Ask($"DELETE /api/apps/{Changing}", body: null, ann);
        await narrator.Say("From that second on it costs nothing. What it was used before stays on the bill.");
        narrator.Command("gatehouse account:usage:running");
        await client.Ask("GET /api/usage/run_rate", body: null, ann);
    }

    private async Task End(DemoLogin ann)
    {
        await narrator.Chapter("The month ends by itself");
        await narrator.Say("Nobody starts anything: a job sees that her month is over, and issues the invoice.");
        var cap = await client.Look("/api/spend_cap", ann);
        var end = cap.GetProperty("period_end").GetDateTimeOffset().UtcDateTime;
        await client.Pass(end - client.Now - ABit);
        narrator.Command("gatehouse account:usage");
        await client.Ask("GET /api/usage", body: null, ann);
        await narrator.Say("That was a minute before its end. Now the minute passes.");
        await client.Pass(2 * ABit);
        await mail.Read(Story.Email, "Invoice 1");
        narrator.Command("gatehouse account:invoices");
        var rows = await client.Look("/api/invoices", ann);
        foreach (var row in rows.EnumerateArray())
            narrator.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.GetProperty("app_name").GetString(),-12} {Dollars(row, "amount_cents"),7}   charged "
                + $"{Dollars(row, "charged_cents")}, paid: {(row.GetProperty("paid").GetBoolean() ? "yes" : "no")}"));
        var total = rows.EnumerateArray().Sum(row => row.GetProperty("amount_cents").GetInt64());
        await narrator.Conclude($"Invoice 1 is {Dollars(total)}: each app for its seconds, paid by her card.");
    }

    private async Task Explain(DemoLogin ann)
    {
        await narrator.Chapter("One line of the bill, down to its seconds");
        var invoice = await client.Look("/api/invoices/1", ann);
        var line = invoice.GetProperty("lines").EnumerateArray()
            .First(one => one.GetProperty("app_name").GetString() == Changing).GetProperty("line").GetInt32();
        narrator.Command($"gatehouse account:invoices:explain 1 {line.ToString(CultureInfo.InvariantCulture)}");
        var explained = await client.Look($"/api/invoices/1/lines/{line}/explanation", ann);
        var (price, sum) = (explained.GetProperty("price"), explained.GetProperty("calculation"));
        narrator.Line($"Price       {Text(price, "month")} dollars a month for {Text(price, "unit")}");
        foreach (var interval in explained.GetProperty("intervals").EnumerateArray())
            narrator.Line(
                $"Interval    {Moment(interval, "start")} to {Moment(interval, "end")}, {Text(interval, "replicas")} x "
                + $"{Text(interval, "size")} GB, {Text(interval, "seconds")} s");
        narrator.Line($"Sum         {Text(sum, "formula")}");
        narrator.Line($"            = {Text(sum, "exact_dollars")} dollars");
        narrator.Line($"Rounded     {Dollars(sum, "amount_cents")}, so that all lines add up to the total");
        foreach (var entry in explained.GetProperty("ledger_entries").EnumerateArray())
            narrator.Line(
                $"Booked      {Text(entry, "posting"),-16} {Text(entry, "account"),-11} {Text(entry, "amount")}");
        narrator.Line($"SHA-256     {Text(explained, "sha256")}");
        narrator.Line($"recomputed: {Text(explained, "recomputed")}");
        if (Text(explained, "recomputed") != "identical")
            throw new DemoFailed("The invoice computed again is another one.");
        await narrator.Conclude(
            "The whole invoice was computed again from prices, intervals and books, and is the same byte for byte.");
    }

    private async Task Scale(DemoLogin ann, string app, int replicas, decimal size)
    {
        narrator.Command(string.Create(
            CultureInfo.InvariantCulture, $"gatehouse ps:scale -a {app} -r {replicas} -s {size}"));
        await client.Ask($"PUT /api/apps/{app}/scale", new { replicas, size }, ann);
    }

    private static string Text(JsonElement data, string name) => data.GetProperty(name).ToString();

    private static string Moment(JsonElement data, string name) => data.GetProperty(name).GetDateTimeOffset()
        .UtcDateTime.ToString("d MMM HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Dollars(JsonElement data, string name) => Dollars(data.GetProperty(name).GetInt64());

    private static string Dollars(long cents) => LimitText.Dollars(Money.FromCents(cents));
}
