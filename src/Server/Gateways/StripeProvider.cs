namespace Gatehouse.Gateways;

/// <summary>Stripe, by its own library.</summary>
internal sealed class StripeProvider(StripeCards cards, StripeCharges charges, StripeRefunds refunds) : PaymentProvider
{
    /// <summary>As the setting calls it.</summary>
    public const string Word = "stripe";

    public override string Name => Word;

    public override Task<Answered<StoredCard>> StoreCard(CardToStore card, CancellationToken stop) =>
        cards.Store(card, stop);

    public override Task<Answered<CardPage>> OpenCardPage(
        CardHolder holder, string requestKey, CancellationToken stop) => cards.Open(holder, requestKey, stop);

    public override Task<Answered<StoredCard>> FindCardPage(string pageRef, CancellationToken stop) =>
        cards.Find(pageRef, stop);

    public override Task<Answered<string>> NameCharge(ChargeToMake charge, CancellationToken stop) =>
        charges.Name(charge, stop);

    public override Task<Answered<string>> Charge(ChargeToMake charge, CancellationToken stop) =>
        charges.Take(charge, stop);

    public override Task<Answered<string>> EndCharge(ChargeToMake charge, CancellationToken stop) =>
        charges.End(charge, stop);

    public override Task<Answered<string>> Refund(RefundToMake refund, CancellationToken stop) =>
        refunds.Make(refund, stop);

    public override Task<Answered<string>> FindRefund(RefundToMake refund, CancellationToken stop) =>
        refunds.Find(refund, stop);
}
