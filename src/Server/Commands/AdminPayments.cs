using Gatehouse.Domain;
using Gatehouse.Features.Credits;
using Gatehouse.Platform;

namespace Gatehouse.Commands;

/// <summary>The operator's verbs about payments.</summary>
internal static class AdminPayments
{
    /// <summary><c>admin payment:list WHO</c>.</summary>
    public static async Task<int> List(AdminCall call)
    {
        var found = await call.Ask<ListPayments>().Run(Caller.Operator, call.Word(0), CancellationToken.None);
        return found.Match(call.Show, _ => call.Fail($"There is no account {call.Word(0)}."));
    }

    /// <summary><c>admin payment:refund ID --reason TEXT [--amount AMOUNT]</c>.</summary>
    public static async Task<int> Refund(AdminCall call)
    {
        var asked = call.Option("amount");
        var amount = asked is null ? null : AdminCall.Amount(asked);
        if (asked is not null && amount is null) return call.Fail($"{asked} is no amount of dollars.");
        if (!Guid.TryParseExact(call.Word(0), "D", out var id)) return call.Fail(NoPayment(call));
        var wanted = new WantedRefund(id, amount, call.Option("reason") ?? "");
        var refunded = await call.Ask<RefundPayment>().Run(Caller.Operator, wanted, CancellationToken.None);
        return refunded.Match(
            refund => call.Say($"{LimitText.Dollars(new Money(refund.AmountNanos))} of {id:D} are paid back."),
            refusal => call.Fail(Explain(call, refusal)));
    }

    private static string Explain(AdminCall call, Refusal refusal) => refusal.Reason switch
    {
        Reason.NotFound => NoPayment(call),
        Reason.OutOfRange => $"The amount {refusal.Text}, which is what is left of the payment.",
        Reason.InsufficientCredits => "The credits were spent already. Nothing was paid back.",
        Reason.CardDeclined => $"The payment provider refused: {refusal.Text} The credits are back.",
        Reason.PaymentPending =>
            "The payment provider did not answer. The credits are taken, and the server goes on asking; so does this "
            + "command when it is repeated. Nothing is paid back twice.",
        Reason.NotOffered => "It paid an invoice and bought no credits. To give money back, grant credits.",
        Reason.Ambiguous => "Another refund of this payment is under way. Try again when it is done.",
        _ => "Nothing was paid back.",
    };

    private static string NoPayment(AdminCall call) => $"There is no payment {call.Word(0)} that was paid.";
}
