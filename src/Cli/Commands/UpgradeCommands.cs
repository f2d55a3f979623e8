using System.Text.Json;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;
using Gatehouse.Cli.Questions;
using Spectre.Console;

namespace Gatehouse.Cli.Commands;

/// <summary>Moving up a tier.</summary>
internal static class UpgradeCommands
{
    private const string Path = "/api/upgrade";

    /// <summary><c>account:upgrade</c>: what it means, whether, the card; only then it happens.</summary>
    public static void Upgrade(Verb verb)
    {
        var card = CardFlags.Of(verb);
        var promo = verb.Option("--promo_code", "CODE", "A promo code", "--promo-code");
        var yes = verb.Flag("--yes", "Do not ask", "-y");
        var stepUp = StepUp.Of(verb);
        verb.Runs(async run =>
        {
            var client = run.AsAccount();
            var plan = (await client.Get(Path, run.Cancelled)).OrFail().Data;
            if (plan.Text("tier") == "STANDARD")
                throw new Failure(ExitCode.Conflict, "Account is already upgraded.");

            var token = await card.Token(run, run.Server);
            var onFile = plan.Inner("payment_method");
            run.Terminal.DrawAside(new Padder(Draw(plan, onFile, token), new Padding(0, 1)));
            var mayGoOn = token is not null && !run.Interview.AsksPerson;
            if (!mayGoOn && !run.Interview.Confirm("Upgrade this account?", yes, byDefault: true))
                throw new Failure(ExitCode.Cancelled, "Nothing was upgraded.");

            if (token is null && onFile is null)
                await PaymentMethodCommands.Enter(run, client, stepUp);
            var code = run.Value(promo)?.ToUpperInvariant();
            await stepUp.Send(run, proof => client.Post(
                Path,
                PaymentMethodCommands.Request(token, proof) with { PromoCode = code },
                PaymentWire.Default.CardRequest,
                run.Cancelled));
            run.Terminal.Cheer("The account is upgraded. Its limits are those of the tier Standard from now on.");
        });
    }

    private static FieldList Draw(JsonElement plan, JsonElement? onFile, string? token) => new FieldList()
        .Add("Tier", "Free becomes Standard, for good")
        .Add("A month", $"{plan.Cents("monthly_cents")} for what is there now")
        .Add("Charged now", "nothing")
        .Add("Card", token is not null ? "the one you gave"
            : onFile is { } card ? PaymentMethodCommands.Name(card)
            : "none yet: you enter it on a page of the payment provider's");
}
