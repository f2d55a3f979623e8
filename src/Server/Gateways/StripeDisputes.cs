using Gatehouse.Domain;
using Stripe;

namespace Gatehouse.Gateways;

/// <summary>Disputes at Stripe.</summary>
internal sealed class StripeDisputes(StripeLine line)
{
    private readonly DisputeService disputes = new(line.Client);

    /// <summary>A dispute as it is now.</summary>
    public async Task<Answered<FoundDispute>> Find(string disputeRef, CancellationToken stop)
    {
        var found = await line.Read(() => disputes.GetAsync(disputeRef, cancellationToken: stop));
        return found.Value is { } dispute ? Answered.With(Told(dispute)) : found.Without<FoundDispute>();
    }

    /// <summary>Stripe's words, of which there may be more one day: what is not decided is open.</summary>
    private static FoundDispute Told(Dispute dispute) => new(
        dispute.Id,
        dispute.PaymentIntentId ?? "",
        dispute.Amount,
        dispute.Status switch
        {
            "won" or "warning_closed" or "prevented" => DisputeState.Won,
            "lost" => DisputeState.Lost,
            "warning_needs_response" or "warning_under_review" => DisputeState.Inquiry,
            _ => DisputeState.Open,
        });
}
