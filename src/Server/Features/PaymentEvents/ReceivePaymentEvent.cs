using Gatehouse.Domain;
using Gatehouse.Features.Credits;
using Gatehouse.Features.Disputes;
using Gatehouse.Features.PaymentMethods;
using Gatehouse.Gateways;

namespace Gatehouse.Features.PaymentEvents;

/// <summary>
/// Follows what the payment provider tells. What it is about is asked of the provider, never read from the event, and
/// only what is not yet so here is changed: the same event again, late, or in another order leads to the same.
/// </summary>
public sealed class ReceivePaymentEvent(
    PaymentProvider provider, FollowPayment payment, FollowRefund refund, FollowCardPage cardPage,
    FollowDispute dispute)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotOffered"/> where the provider tells nothing by itself,
    /// <see cref="Reason.InvalidToken"/> when it did not send that, or not now, and <see cref="Reason.PaymentPending"/>
    /// while it does not answer what is so: it has to tell again.
    /// </summary>
    public async Task<Outcome<Done>> Run(ReadOnlyMemory<byte> body, string signature, CancellationToken stop)
    {
        if (!provider.Tells) return Reason.NotOffered;
        if (provider.ReadEvent(body, signature) is not { } told) return Reason.InvalidToken;
        return await Follow(told, stop) ? Done.It : Reason.PaymentPending;
    }

    /// <summary>Whether nothing is left to do. What is not ours needs nothing.</summary>
    private Task<bool> Follow(ToldEvent told, CancellationToken stop) => told.About switch
    {
        ToldAbout.Charge => payment.Run(told.ObjectRef, stop),
        ToldAbout.Refund => refund.Run(told.ObjectRef, stop),
        ToldAbout.CardPage => cardPage.Run(told.ObjectRef, stop),
        ToldAbout.Dispute => dispute.Run(told.ObjectRef, stop),
        ToldAbout.Other => Task.FromResult(true),
    };
}
