namespace Gatehouse.Gateways;

/// <summary>
/// Where cards are kept and money is taken. Whatever is asked for has a request key: asked again under the same key, it
/// happens once and is answered alike. That a card is refused is an answer; that no answer came is one too, from which
/// nothing may be concluded. Never called within a transaction of ours: what happens there stays, whatever we undo.
/// </summary>
public abstract class PaymentProvider
{
    /// <summary>As the setting <c>Payments:Provider</c> calls it.</summary>
    public abstract string Name { get; }

    /// <summary>Stores the card behind a token for a customer, and finds out whether it is good.</summary>
    public abstract Task<Answered<StoredCard>> StoreCard(CardToStore card, CancellationToken stop);

    /// <summary>Opens a page of the provider's own on which a customer enters a card.</summary>
    public abstract Task<Answered<CardPage>> OpenCardPage(CardHolder holder, string requestKey, CancellationToken stop);

    /// <summary>The card that was entered there; <see cref="AnswerState.Missing"/> while none was.</summary>
    public abstract Task<Answered<StoredCard>> FindCardPage(string pageRef, CancellationToken stop);

    /// <summary>
    /// Names a charge and takes nothing yet. The name is kept before <see cref="Charge"/> is asked for it: under one
    /// name money is taken once, however often and by however many it is asked.
    /// </summary>
    public abstract Task<Answered<string>> NameCharge(ChargeToMake charge, CancellationToken stop);

    /// <summary>Takes money from a card under the name of the charge, which is the answer.</summary>
    public abstract Task<Answered<string>> Charge(ChargeToMake charge, CancellationToken stop);

    /// <summary>
    /// What became of a charge: what was not paid until now is not paid any more. <see cref="AnswerState.Missing"/>
    /// when it was never made.
    /// </summary>
    public abstract Task<Answered<string>> EndCharge(ChargeToMake charge, CancellationToken stop);

    /// <summary>Pays a part of a charge back, or all of it; the answer is the refund's name.</summary>
    public abstract Task<Answered<string>> Refund(RefundToMake refund, CancellationToken stop);

    /// <summary>What became of a refund; <see cref="AnswerState.Missing"/> when it was never made.</summary>
    public abstract Task<Answered<string>> FindRefund(RefundToMake refund, CancellationToken stop);
}

/// <summary>Whose card it is.</summary>
/// <param name="Id">Our name of the customer.</param>
/// <param name="CustomerRef">The provider's; null when there is none yet.</param>
public sealed record CardHolder(Guid Id, string? CustomerRef);

/// <summary>A card to keep.</summary>
/// <param name="Holder">Whose it is.</param>
/// <param name="Token">What the provider gave for the card's number.</param>
/// <param name="RequestKey">Names the request.</param>
public sealed record CardToStore(CardHolder Holder, string Token, string RequestKey);

/// <summary>A card as the provider keeps it; its fingerprint is the same whoever has it stored.</summary>
public sealed record StoredCard(
    string CustomerRef,
    string MethodRef,
    string Brand,
    string Last4,
    int ExpiryMonth,
    int ExpiryYear,
    string Fingerprint);

/// <summary>A page on which a card is entered.</summary>
public sealed record CardPage(string Ref, string Url);

/// <summary>Money to take, in whole cents of a US dollar.</summary>
public sealed record ChargeToMake(string CustomerRef, string MethodRef, long Cents, string RequestKey)
{
    /// <summary>The charge's name; null before it has one.</summary>
    public string? Name { get; init; }

    /// <summary>When somebody first wanted it (UTC): there is nothing of it that is older.</summary>
    public required DateTime WantedAt { get; init; }
}

/// <summary>Money to pay back, in whole cents of a US dollar.</summary>
public sealed record RefundToMake(string ChargeRef, long Cents, string RequestKey);

/// <summary>How a request to the provider went.</summary>
public enum AnswerState
{
    /// <summary>It was done.</summary>
    Succeeded,

    /// <summary>It was refused, and nothing happened.</summary>
    Declined,

    /// <summary>There is no such thing at the provider.</summary>
    Missing,

    /// <summary>No answer came: it may have happened or not.</summary>
    Unknown,

    /// <summary>The customer's bank wants to hear it from the customer, at <see cref="Answered{T}.Link"/>.</summary>
    Waiting,

    /// <summary>What the provider has under that name is not what was asked for: nothing of it is believed.</summary>
    Mismatched,
}

/// <summary>Why a provider refuses.</summary>
/// <param name="Code">In its own word, such as <c>card_declined</c>.</param>
/// <param name="Sentence">For people.</param>
public sealed record Decline(string Code, string Sentence);

/// <summary>What a provider answered.</summary>
/// <param name="State">How it went.</param>
/// <param name="Value">What was asked for; only when it succeeded.</param>
/// <param name="Decline">Why not; only when it was refused.</param>
public sealed record Answered<T>(AnswerState State, T? Value = default, Decline? Decline = null)
{
    /// <summary>A page of the customer's bank; only while it waits for the customer.</summary>
    public string? Link { get; init; }

    /// <summary>The same without the value, where something else was asked for.</summary>
    public Answered<TOther> Without<TOther>() => new(State, Decline: Decline);

    public static implicit operator Answered<T>(Decline decline) => new(AnswerState.Declined, Decline: decline);

    public static implicit operator Answered<T>(AnswerState state) => new(state);
}

/// <summary>Makes answers that succeeded.</summary>
public static class Answered
{
    public static Answered<T> With<T>(T value) => new(AnswerState.Succeeded, value);
}
