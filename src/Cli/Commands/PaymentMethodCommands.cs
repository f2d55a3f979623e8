using System.Net;
using System.Text.Json;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;
using Gatehouse.Cli.Questions;

namespace Gatehouse.Cli.Commands;

/// <summary>The card that pays.</summary>
internal static class PaymentMethodCommands
{
    private const string Path = "/api/payment_methods";
    private const string Setups = $"{Path}/setups";

    /// <summary><c>account:payment_method</c>; that there is none is no failure.</summary>
    public static void Show(Verb verb) => verb.Runs(async run =>
    {
        var reply = await run.AsAccount().Get(Path, run.Cancelled);
        if (reply.Status != HttpStatusCode.NotFound)
        {
            run.Show(reply.OrFail().Data, Draw);
            return;
        }

        run.Terminal.Say("No payment method found.");
        run.Terminal.Hint($"Set one: `{run.Program} account:payment_method:set`");
    });

    /// <summary><c>account:payment_method:set</c>: by a token, or on the provider's own page.</summary>
    public static void Set(Verb verb)
    {
        var card = CardFlags.Of(verb);
        var stepUp = StepUp.Of(verb);
        verb.Runs(async run =>
        {
            var client = run.AsAccount();
            if (await card.Token(run, run.Server) is not { } token)
            {
                await Enter(run, client, stepUp);
                return;
            }

            await stepUp.Send(run, proof => client.Put(
                Path, Request(token, proof), PaymentWire.Default.CardRequest, run.Cancelled));
            run.Terminal.Cheer("The card is stored.");
        });
    }

    /// <summary>Has a card entered on the provider's page.</summary>
    public static Task Enter(Invocation run, ApiClient client, StepUp stepUp) => CardPageVisit.Wait(
        run,
        () => stepUp.Send(run, proof => client.Post(
            Setups, Request(null, proof), PaymentWire.Default.CardRequest, run.Cancelled)),
        id => client.Get($"{Setups}/{id}", run.Cancelled));

    /// <summary>A card as people know theirs.</summary>
    public static string? Name(JsonElement card) =>
        card.Text("brand") is { } brand ? $"{brand} ending in {card.Text("last4")}" : null;

    /// <summary>What is sent with a card.</summary>
    public static CardRequest Request(string? token, Proof proof) => new(token, proof.Password ?? "", proof.MfaToken);

    private static FieldList Draw(JsonElement card) => new FieldList()
        .Add("Card", Name(card))
        .Add("Expires", $"{card.Text("exp_month")?.PadLeft(2, '0')}/{card.Text("exp_year")}");
}
