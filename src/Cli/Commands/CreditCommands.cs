using System.CommandLine;
using System.Text.Json;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gatehouse.Cli.Commands;

/// <summary>Credits: 1 credit is 1 USD.</summary>
internal static class CreditCommands
{
    private const string Path = "/api/credits";

    /// <summary><c>account:credits</c>: what is left, and what was booked last.</summary>
    public static void Show(Verb verb) => verb.Runs(async run =>
    {
        var reply = await run.AsAccount().Get(Path, run.Cancelled);
        run.Show(reply.OrFail().Data, Draw);
    });

    /// <summary><c>account:credits:buy</c>: the card on file pays.</summary>
    public static void Buy(Verb verb)
    {
        var amount = verb.Argument<string>("AMOUNT", "In dollars: 25.00", ArgumentArity.ExactlyOne);
        verb.Runs(async run =>
        {
            // Should the answer get lost on its way, the server knows the request when it comes again.
            var key = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("D");
            var body = new CreditsRequest(run.Value(amount)!.TrimStart('$'));
            var reply = await run.AsAccount()
                .Post(Path, body, PaymentWire.Default.CreditsRequest, run.Cancelled, key);
            if (!reply.Succeeded && reply.Errors.Mention("payment method"))
                throw new Failure(
                    ExitCode.LimitReached,
                    reply.Errors.ToString(),
                    $"Set one: `{run.Program} account:payment_method:set`");
            run.Show(reply.OrFail().Data, paid => new FieldList()
                .Add("Paid", paid.Cents("amount_cents"))
                .Add("Payment", paid.Text("id")));
        });
    }

    private static IRenderable Draw(JsonElement credits)
    {
        var fields = new FieldList().Add("Credits", $"${credits.Text("credits")}");
        foreach (var lot in credits.Items("lots"))
            fields.Add("Given", $"${lot.Text("remaining")}{Until(lot)}");
        var table = new RecordTable("Nothing was booked yet.", "When", "What", "Change", "Why");
        foreach (var posting in credits.Items("postings"))
            table.Add(posting.Time("at"), posting.Text("kind"), posting.Text("change"), posting.Text("memo"));
        return new Rows(fields, table);
    }

    private static string Until(JsonElement lot) => lot.Time("expires_at") is { } at ? $" until {at} UTC" : "";
}
