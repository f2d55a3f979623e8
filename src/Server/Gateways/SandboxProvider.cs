using System.Security.Cryptography;
using System.Text;
using Gatehouse.Data;
using Gatehouse.Platform;

namespace Gatehouse.Gateways;

/// <summary>
/// The payment provider in the box: answers as Stripe does in its test mode, and moves no money. It keeps its own side
/// of everything (<see cref="SandboxStore"/>), so that it can be asked about what we forgot.
/// </summary>
internal sealed class SandboxProvider(SandboxStore store, SandboxVault vault, SandboxFaults faults, PublicUrl publicUrl)
    : PaymentProvider
{
    /// <summary>As the setting calls it.</summary>
    public const string Word = "sandbox";

    public override string Name => Word;

    public override Task<Answered<StoredCard>> StoreCard(CardToStore card, CancellationToken stop) =>
        Ask(db => Store(db, card, stop), stop);

    public override Task<Answered<CardPage>> OpenCardPage(
        CardHolder holder, string requestKey, CancellationToken stop) =>
        Ask(db => Open(db, holder, requestKey, stop), stop);

    public override Task<Answered<StoredCard>> FindCardPage(string pageRef, CancellationToken stop) =>
        Ask(db => FindPage(db, pageRef, stop), stop);

    public override Task<Answered<string>> NameCharge(ChargeToMake charge, CancellationToken stop) =>
        Task.FromResult(Answered.With(SandboxStore.NewId("ch")));

    public override Task<Answered<string>> Charge(ChargeToMake charge, CancellationToken stop) =>
        Ask(db => Charge(db, charge, stop), stop);

    public override Task<Answered<string>> EndCharge(ChargeToMake charge, CancellationToken stop) =>
        Ask(db => FindCharge(db, charge.RequestKey, stop), stop);

    public override Task<Answered<string>> Refund(RefundToMake refund, CancellationToken stop) =>
        Ask(db => Refund(db, refund, stop), stop);

    public override Task<Answered<string>> FindRefund(RefundToMake refund, CancellationToken stop) =>
        Ask(db => FindRefund(db, refund.RequestKey, stop), stop);

    private async Task<Answered<T>> Ask<T>(Func<Db, Task<Answered<T>>> request, CancellationToken stop)
    {
        var fault = faults.Next();
        if (fault is SandboxFault.Dropped or SandboxFault.ServerError) return AnswerState.Unknown;
        var answer = await store.Run(request, stop);
        // The same request on another node may have been done after this one looked for it, and what it used up is then
        // the reason to refuse: asked again, it is found. A real refusal stays one.
        if (answer.State == AnswerState.Declined) answer = await store.Run(request, stop);
        await faults.Travel();
        return fault is SandboxFault.TimeOutAfterSuccess ? AnswerState.Unknown : answer;
    }

    private async Task<Answered<StoredCard>> Store(Db db, CardToStore card, CancellationToken stop)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(card.Token)));
        if (await SandboxStore.FindByKey<SandboxMethod>(db, card.RequestKey, stop) is { } before)
        {
            return before.Thing.TokenHash == hash
                ? Answered.With(vault.Describe(before.Id, before.Thing))
                : throw Reused(card.RequestKey);
        }

        var spent = await vault.Spend(db, card.Token, stop);
        if (spent.Value is not { } token) return spent.Decline!;
        if (SandboxCards.Named(token.Card).AtOnce is { } code) return Declines.Of(code);
        var customer = await vault.CustomerOf(db, card.Holder, stop);
        var method = new SandboxMethod(customer, token.Card, token.ExpiryMonth, token.ExpiryYear, hash);
        return Answered.With(vault.Describe(await vault.Keep(db, method, card.RequestKey, stop), method));
    }

    private async Task<Answered<CardPage>> Open(
        Db db, CardHolder holder, string requestKey, CancellationToken stop)
    {
        if (await SandboxStore.FindByKey<SandboxPage>(db, requestKey, stop) is { } before)
            return Answered.With(PageOf(before.Id));
        var id = SandboxStore.NewId("cs");
        var page = new SandboxPage(await vault.CustomerOf(db, holder, stop), vault.EndOfPage());
        await store.Add(db, id, page, requestKey, stop);
        return Answered.With(PageOf(id));
    }

    private CardPage PageOf(string id) => new(id, publicUrl.To($"/sandbox/cards/{id}"));

    private async Task<Answered<StoredCard>> FindPage(Db db, string pageRef, CancellationToken stop)
    {
        var page = await SandboxStore.Find<SandboxPage>(db, pageRef, stop);
        if (page?.Method is not { } id) return AnswerState.Missing;
        var method = await SandboxStore.Find<SandboxMethod>(db, id, stop);
        return Answered.With(vault.Describe(id, method!));
    }

    private async Task<Answered<string>> Charge(Db db, ChargeToMake charge, CancellationToken stop)
    {
        if (await SandboxStore.FindByKey<SandboxCharge>(db, charge.RequestKey, stop) is { } before)
        {
            var isSame = before.Thing.Cents == charge.Cents && before.Thing.Method == charge.MethodRef;
            return isSame ? Told(before.Id, before.Thing) : throw Reused(charge.RequestKey);
        }

        var method = await SandboxStore.Find<SandboxMethod>(db, charge.MethodRef, stop);
        if (method?.Customer != charge.CustomerRef)
            return new Decline("resource_missing", $"No such payment method: '{charge.MethodRef}'");
        var refusal = SandboxCards.Named(method.Card).AtCharge;
        var (id, made) = (
            charge.Name!,
            new SandboxCharge(charge.CustomerRef, charge.MethodRef, charge.Cents, refusal));
        await store.Add(db, id, made, charge.RequestKey, stop);
        return Told(id, made);
    }

    private static async Task<Answered<string>> FindCharge(Db db, string requestKey, CancellationToken stop) =>
        await SandboxStore.FindByKey<SandboxCharge>(db, requestKey, stop) is { } made
            ? Told(made.Id, made.Thing)
            : AnswerState.Missing;

    private async Task<Answered<string>> Refund(Db db, RefundToMake refund, CancellationToken stop)
    {
        if (await SandboxStore.FindByKey<SandboxRefund>(db, refund.RequestKey, stop) is { } before)
            return before.Thing.Cents == refund.Cents ? Answered.With(before.Id) : throw Reused(refund.RequestKey);
        var charge = await SandboxStore.Find<SandboxCharge>(db, refund.ChargeRef, stop);
        if (charge is not { Decline: null }) return new Decline("resource_missing", "No such charge.");
        var after = charge with { RefundedCents = checked(charge.RefundedCents + refund.Cents) };
        if (after.RefundedCents > charge.Cents)
            return new Decline("charge_already_refunded", "The refund is larger than what is left of the charge.");
        if (!await SandboxStore.Replace(db, refund.ChargeRef, charge, after, stop)) return AnswerState.Unknown;
        var id = SandboxStore.NewId("re");
        await store.Add(db, id, new SandboxRefund(refund.ChargeRef, refund.Cents), refund.RequestKey, stop);
        return Answered.With(id);
    }

    private static async Task<Answered<string>> FindRefund(Db db, string requestKey, CancellationToken stop) =>
        await SandboxStore.FindByKey<SandboxRefund>(db, requestKey, stop) is { } made
            ? Answered.With(made.Id)
            : AnswerState.Missing;

    private static Answered<string> Told(string id, SandboxCharge charge) =>
        charge.Decline is { } code ? Declines.Of(code) : Answered.With(id);

    private static InvalidOperationException Reused(string requestKey) =>
        new($"The sandbox has seen {requestKey} with other parameters.");
}
