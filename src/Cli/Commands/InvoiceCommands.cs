using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gatehouse.Cli.Output;
using Spectre.Console;

namespace Gatehouse.Cli.Commands;

/// <summary>Invoices, and where their lines come from.</summary>
internal static class InvoiceCommands
{
    private const string Path = "/api/invoices";

    /// <summary><c>account:invoices</c>: a row for each app and invoice, the newest first.</summary>
    public static void List(Verb verb) => verb.Runs(async run =>
    {
        var reply = await run.AsAccount().Get(Path, run.Cancelled);
        run.Show(reply.OrFail().Data, Table);
        if (run.Terminal.WritesToPerson && reply.Data.Items().FirstOrDefault().Text("number") is { } newest)
            run.Terminal.Hint($"`{run.Program} account:invoices:show {newest}` shows the newest with its lines.");
    });

    /// <summary><c>account:invoices:show</c>.</summary>
    public static void Show(Verb verb)
    {
        var number = Number(verb, "N", "Of the invoice, as `account:invoices` lists it");
        verb.Runs(async run =>
        {
            var (chosen, hint) = (run.Value(number), $"`{run.Program} account:invoices` lists yours.");
            var reply = await run.AsAccount().Get(Of(chosen), run.Cancelled);
            var data = reply.OrNotFound($"You have no invoice {Written(chosen)}.", hint).Data;
            run.Show(data, Draw);
            if (run.Terminal.WritesToPerson)
                run.Terminal.Hint(
                    $"`{run.Program} account:invoices:explain {Written(chosen)} 1` says where line 1 is from.");
        });
    }

    /// <summary>
    /// <c>account:invoices:explain</c>: from the total to the second. An invoice that does not come out again as it was
    /// issued ends with an error.
    /// </summary>
    public static void Explain(Verb verb)
    {
        var number = Number(verb, "N", "Of the invoice, as `account:invoices` lists it");
        var line = Number(verb, "LINE", "Of its lines, as `account:invoices:show` lists them");
        verb.Runs(async run =>
        {
            var (invoice, chosen) = (run.Value(number), run.Value(line));
            var reply = await run.AsAccount().Get($"{Of(invoice)}/lines/{Written(chosen)}/explanation", run.Cancelled);
            var data = reply.OrNotFound(
                $"You have no invoice {Written(invoice)} with a line {Written(chosen)}.",
                $"`{run.Program} account:invoices` lists yours.").Data;
            run.Show(data, DrawExplanation);
            if (data.Text("recomputed") == "different")
                throw new Failure(
                    ExitCode.Error,
                    "Computed again, this invoice is another one: something was altered since it was issued.",
                    "Please tell whoever runs the server.");
        });
    }

    private static Argument<long> Number(Verb verb, string word, string description) =>
        verb.Argument<long>(word, description, ArgumentArity.ExactlyOne);

    private static string Of(long number) => $"{Path}/{Written(number)}";

    private static string Written(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static RecordTable Table(JsonElement rows)
    {
        var table = new RecordTable(
            "No invoice yet. The first one comes when a month with costs is over.",
            "Invoice", "Period", "App", "Amount", "Credits", "Charged", "Paid");
        foreach (var row in rows.Items())
            table.Add(
                row.Text("number"), Period(row), row.Text("app_name"), row.Cents("amount_cents"),
                row.Cents("credit_cents"), row.Cents("charged_cents"), row.Is("paid") ? "yes" : "no");
        return table;
    }

    private static Rows Draw(JsonElement invoice)
    {
        var fields = new FieldList()
            .Add("Invoice", invoice.Text("number"))
            .Add("Period", $"{Period(invoice)}, 00:00 UTC")
            .Add("Issued", invoice.Time("issued_at") is { } issued ? $"{issued} UTC" : null)
            .Add("Amount", invoice.Cents("amount_cents"))
            .Add("Credits", invoice.Cents("credit_cents"))
            .Add("Charged", invoice.Cents("charged_cents"))
            .Add("Still owed", invoice.Cents("due_cents"))
            .Add("Paid", invoice.Time("paid_at") is { } paid ? $"{paid} UTC"
                : invoice.Is("carried") ? "with the next invoice" : "not yet")
            .Add("Next try", invoice.Time("next_try_at") is { } next ? $"{next} UTC" : null)
            .Add("SHA-256", invoice.Text("sha256"));
        var table = new RecordTable("No lines.", "Line", "App", "What", "Used", "Amount");
        foreach (var line in invoice.Items("lines"))
            table.Add(
                line.Text("line"), line.Text("app_name"), What(line), Used(line), line.Cents("amount_cents"));
        return new Rows(fields, Text.Empty, table);
    }

    private static Rows DrawExplanation(JsonElement explained)
    {
        var (line, price, period, sum) = (
            explained.Inner("line") ?? default, explained.Inner("price") ?? default,
            explained.Inner("period") ?? default, explained.Inner("calculation") ?? default);
        var top = new FieldList()
            .Add("Invoice", $"{explained.Text("number")}, {explained.Cents("total_cents")} in all")
            .Add("Line", $"{line.Text("line")}: {line.Text("app_name")}, {What(line)}, {line.Cents("amount_cents")}")
            .Add("Price", $"version {price.Text("version")}: ${price.Text("month")} a month for {price.Text("unit")}")
            .Add("Period", $"{period.Second("start")} to {period.Second("end")} UTC, {period.Text("seconds")} seconds");
        var bottom = new FieldList()
            .Add("Recomputed", explained.Text("recomputed"), Style(explained))
            .Add("SHA-256", explained.Text("sha256"));
        return new Rows(
            top, Text.Empty, Intervals(explained), Text.Empty,
            Line($"{sum.Text("formula")}"),
            Line(
                $"= ${sum.Text("exact_dollars")}, rounded to {sum.Cents("amount_cents")}: "
                + "all lines add up to the total"),
            Text.Empty,
            Entries(explained), Text.Empty, bottom);
    }

    private static RecordTable Intervals(JsonElement explained)
    {
        var table = new RecordTable("No intervals.", "From (UTC)", "Until (not included)", "Seconds", "What ran");
        foreach (var interval in explained.Items("intervals"))
            table.Add(
                interval.Second("start"), interval.Second("end"), interval.Text("seconds"),
                interval.Text("replicas") is { } replicas
                    ? $"{replicas} x {interval.Text("size")} GB"
                    : $"database of {interval.Text("size")} GB");
        return table;
    }

    private static RecordTable Entries(JsonElement explained)
    {
        var table = new RecordTable("Nothing was booked.", "Booked (UTC)", "Posting", "Account", "Amount");
        foreach (var entry in explained.Items("ledger_entries"))
            table.Add(entry.Second("at"), entry.Text("posting"), entry.Text("account"), entry.Text("amount"));
        return table;
    }

    private static Style Style(JsonElement explained) =>
        explained.Text("recomputed") == "identical" ? Color.Green : Color.Red;

    private static Text Line(string text) => new Text(PlainText.Line(text));

    private static string Period(JsonElement data) => $"{data.Date("period_start")} to {data.Date("period_end")}";

    private static string What(JsonElement line)
    {
        var what = line.Text("kind") == "database" ? $"database of {line.Text("size")} GB" : line.Text("kind");
        return line.Is("adjustment") ? $"{what}, of an earlier period" : $"{what}";
    }

    private static string? Used(JsonElement line) => line.Text("replica_size_seconds") is { } size
        ? $"{size} GB-seconds"
        : line.Text("seconds") is { } seconds ? $"{seconds} seconds" : null;
}
