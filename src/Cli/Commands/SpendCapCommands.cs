using System.CommandLine;
using System.Text.Json;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;

namespace Gatehouse.Cli.Commands;

/// <summary>The most that a month may cost, and what happens when it is reached.</summary>
internal static class SpendCapCommands
{
    private const string Path = "/api/spend_cap";

    /// <summary><c>account:spend_cap</c>.</summary>
    public static void Show(Verb verb) => verb.Runs(async run =>
    {
        var reply = await run.AsAccount().Get(Path, run.Cancelled);
        run.Show(reply.OrFail().Data, Draw);
    });

    /// <summary><c>account:spend_cap:set</c>.</summary>
    public static void Set(Verb verb)
    {
        var amount = verb.Argument<string>("AMOUNT", "Dollars a month: 50.00", ArgumentArity.ExactlyOne);
        var refuse = verb.Flag("--refuse", "Refuse whatever could cost more; what runs goes on (as without a flag)");
        var suspend = verb.Flag("--suspend", "Stop everything at the cap until the next month begins");
        verb.Validators.Add(command =>
        {
            if (command.GetResult(refuse) is not null && command.GetResult(suspend) is not null)
                command.AddError("Give only one of --refuse and --suspend.");
        });
        verb.Runs(async run =>
        {
            var wanted = new SpendCapRequest(
                run.Value(amount)!.TrimStart('$'), run.Value(suspend) ? "suspend" : "refuse");
            run.Show(await Put(run, wanted), Draw);
        });
    }

    /// <summary><c>account:spend_cap:unset</c>.</summary>
    public static void Unset(Verb verb) => verb.Runs(async run =>
        run.Show(await Put(run, new SpendCapRequest(Amount: null, AtCap: null)), Draw));

    /// <summary>The cap in one line; null when there is none, or when this key may not see it.</summary>
    public static async Task<string?> Find(ApiClient client, CancellationToken cancelled)
    {
        var reply = await client.Get(Path, cancelled);
        return reply.Succeeded && reply.Data.Text("amount") is { } amount
            ? $"${amount} a month, {reply.Data.Cents("spent_cents")} used; then {Then(reply.Data)}"
            : null;
    }

    private static async Task<JsonElement> Put(Invocation run, SpendCapRequest wanted)
    {
        var reply = await run.AsAccount().Put(Path, wanted, SpendCapWire.Default.SpendCapRequest, run.Cancelled);
        return reply.OrFail().Data;
    }

    private static FieldList Draw(JsonElement cap)
    {
        var fields = new FieldList();
        if (cap.Text("amount") is { } amount)
            fields.Add("Spend cap", $"${amount} a month").Add("At the cap", AtCap(cap));
        else
            fields.Add("Spend cap", "none");
        return fields
            .Add("Used", cap.Cents("spent_cents"))
            .Add("Month", $"{cap.Date("period_start")} to {cap.Date("period_end")}, 00:00 UTC");
    }

    private static string Then(JsonElement cap) =>
        cap.Text("at_cap") == "suspend" ? "everything stops" : "more is refused";

    private static string AtCap(JsonElement cap) => cap.Text("at_cap") switch
    {
        "suspend" => "everything stops until the next month begins",
        _ => "whatever could cost more is refused",
    };
}
