using System.CommandLine;
using System.Net;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;

namespace Gatehouse.Cli.Questions;

/// <summary>
/// A card given on the command line: a token, or the card options of the original, which only a server with a sandbox
/// takes. Without either the card is entered on a page of the payment provider's, and never passes through here.
/// </summary>
internal sealed class CardFlags
{
    private readonly Option<string> token;
    private readonly Option<string> number;
    private readonly Option<string> month;
    private readonly Option<string> year;
    private readonly Option<string> code;

    private CardFlags(Verb verb)
    {
        token = verb.Option("--stripe-token", "TOKEN", "A card as a token of the payment provider", "--stripe_token");
        number = verb.Option("--card_number", "NUMBER", "A test card; with a sandbox only");
        month = verb.Option("--card_exp_month", "MONTH", "Its expiry");
        year = verb.Option("--card_exp_year", "YEAR", "Its expiry");
        code = verb.Option("--card_cvc", "CVC", "Its security code");
        verb.Validators.Add(command =>
        {
            var given = new Option[] { number, month, year, code }.Count(flag => command.GetResult(flag) is not null);
            if (given is not (0 or 4))
                command.AddError("--card_number, --card_exp_month, --card_exp_year and --card_cvc belong together.");
            if (given > 0 && command.GetResult(token) is not null)
                command.AddError("Give only one of --stripe-token and the card options.");
        });
    }

    /// <summary>Declares the flags.</summary>
    public static CardFlags Of(Verb verb) => new(verb);

    /// <summary>The token that the flags give or lead to; null when there are none.</summary>
    public async Task<string?> Token(Invocation run, ServerAddress server)
    {
        if (run.Value(token) is { } given)
            return given;
        if (run.Value(number) is not { } digits)
            return null;

        var card = new TokenCard(digits, run.Value(month) ?? "", run.Value(year) ?? "", run.Value(code) ?? "");
        var reply = await run.Anonymous(server)
            .Post("/v1/tokens", new TokenRequest(card), PaymentWire.Default.TokenRequest, run.Cancelled);
        if (reply.Status == HttpStatusCode.NotFound)
            throw Failure.Usage(
                $"{server} takes no card numbers here.",
                "Leave the card options out: the card is entered on a page of the payment provider's.");
        if (reply.Body.Inner("error") is { } error)
            throw new Failure(
                error.Text("type") == "card_error" ? ExitCode.LimitReached : ExitCode.Error,
                error.Text("message") ?? "The card was refused.");
        return reply.Body.Text("id") ?? throw reply.NotUnderstood();
    }
}
