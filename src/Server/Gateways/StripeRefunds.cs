using Stripe;

namespace Gatehouse.Gateways;

/// <summary>Refunds at Stripe. Unlike a charge none has a name before it is made, so none is asked for twice.</summary>
internal sealed class StripeRefunds(StripeLine line)
{
    private readonly RefundService refunds = new(line.Client);

    /// <summary>Pays back. What Stripe failed to do for unknown reasons is looked for, and not tried again.</summary>
    public async Task<Answered<string>> Make(RefundToMake refund, CancellationToken stop)
    {
        var wanted = new RefundCreateOptions
        {
            PaymentIntent = refund.ChargeRef,
            Amount = refund.Cents,
            Metadata = StripeLine.Mark(refund.RequestKey),
        };
        var under = StripeLine.Under(refund.RequestKey, 0);
        var (made, failure) = await line.Try(() => refunds.CreateAsync(wanted, under, stop));
        if (made is not null) return Tell(refund, made);
        if (!failure!.IsStale)
            return failure.State == AnswerState.Missing ? failure.Decline! : failure.Answer<string>();
        var found = await Find(refund, stop);
        return found.State == AnswerState.Missing ? AnswerState.Unknown : found;
    }

    /// <summary>What became of a refund.</summary>
    public async Task<Answered<string>> Find(RefundToMake refund, CancellationToken stop)
    {
        var list = new RefundListOptions { PaymentIntent = refund.ChargeRef, Limit = 100 };
        var all = await line.ReadAll(refunds.ListAutoPagingAsync(list, cancellationToken: stop), stop);
        if (all.Value is not { } made) return all.Without<string>();
        var ours = made.Find(one => StripeLine.IsMarked(one.Metadata, refund.RequestKey));
        return ours is null ? AnswerState.Missing : Tell(refund, ours);
    }

    private static Answered<string> Tell(RefundToMake refund, Refund made)
    {
        if (made.Amount != refund.Cents || made.PaymentIntentId != refund.ChargeRef) return AnswerState.Mismatched;
        return made.Status is "failed" or "canceled"
            ? new Decline(made.FailureReason ?? made.Status, "The bank did not take the money back.")
            : Answered.With(made.Id);
    }
}
