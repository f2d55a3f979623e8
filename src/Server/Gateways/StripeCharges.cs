using Gatehouse.Platform;
using Stripe;

namespace Gatehouse.Gateways;

/// <summary>
/// Charges at Stripe. The name of a charge is a payment intent, of which Stripe takes the money at most once; it is
/// made first and confirmed when its name is kept on our side. What became of it is always read from Stripe, never
/// concluded from the answer to a request.
/// </summary>
internal sealed class StripeCharges(StripeLine line, PublicUrl publicUrl)
{
    private const string Currency = "usd";
    private const int MostKeys = 8;
    private const string BankWaits = "authentication_required";

    // Clocks differ.
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    private readonly PaymentIntentService intents = new(line.Client);

    /// <summary>Makes an intent, which takes nothing.</summary>
    public async Task<Answered<string>> Name(ChargeToMake charge, CancellationToken stop)
    {
        var wanted = new PaymentIntentCreateOptions
        {
            Amount = charge.Cents,
            Currency = Currency,
            Customer = charge.CustomerRef,
            PaymentMethod = charge.MethodRef,
            AllowedPaymentMethodTypes = ["card"],
            Metadata = StripeLine.Mark(charge.RequestKey),
        };
        var made = await line.Make(charge.RequestKey, options => intents.CreateAsync(wanted, options, stop));
        if (made.Value is { } intent) return Answered.With(intent.Id);
        // A customer or a card that is not there (any more) pays nothing.
        return made.State == AnswerState.Missing ? made.Decline! : made.Without<string>();
    }

    /// <summary>Takes the money in the customer's absence; where the bank minds, says where they go.</summary>
    public async Task<Answered<string>> Take(ChargeToMake charge, CancellationToken stop)
    {
        var confirmed = await Confirm(
            charge, "confirm", new PaymentIntentConfirmOptions { OffSession = true }, stop);
        return confirmed.Decline?.Code == BankWaits ? await AskCustomer(charge, stop) : confirmed;
    }

    /// <summary>What became of a charge; if nothing did, it is cancelled.</summary>
    public async Task<Answered<string>> End(ChargeToMake charge, CancellationToken stop)
    {
        var found = charge.Name is { } name
            ? await line.Read(() => intents.GetAsync(name, cancellationToken: stop))
            : await Find(charge, stop);
        if (found.Value is not { } intent) return found.Without<string>();
        if (intent.Status is not ("requires_confirmation" or "requires_action" or "requires_payment_method"))
            return Tell(charge, intent);
        var key = $"{charge.RequestKey}:cancel";
        var ended = await line.Make(key, options => intents.CancelAsync(intent.Id, null, options, stop));
        // It may have been paid meanwhile: the next look will tell.
        if (ended.Value is null) return AnswerState.Unknown;
        return intent.Status == "requires_confirmation" ? AnswerState.Missing : Tell(charge, intent);
    }

    private Task<Answered<string>> AskCustomer(ChargeToMake charge, CancellationToken stop) => Confirm(
        charge,
        "present",
        new PaymentIntentConfirmOptions
        {
            PaymentMethod = charge.MethodRef,
            ReturnUrl = publicUrl.To("/payments/answered"),
        },
        stop);

    private async Task<Answered<string>> Confirm(
        ChargeToMake charge, string step, PaymentIntentConfirmOptions how, CancellationToken stop)
    {
        for (var number = 0; number < MostKeys; number++)
        {
            var under = StripeLine.Under($"{charge.RequestKey}:{step}", number);
            var (done, failure) = await line.Try(() => intents.ConfirmAsync(charge.Name, how, under, stop));
            if (done is not null) return Tell(charge, done);
            if (failure is { State: AnswerState.Unknown, IsStale: false }) return AnswerState.Unknown;
            var found = await line.Read(() => intents.GetAsync(charge.Name, cancellationToken: stop));
            if (found.Value is not { } intent) return found.Without<string>();
            var isUntouched = intent.Status == "requires_confirmation"
                || (step == "present" && intent.LastPaymentError?.Code == BankWaits);
            if (!isUntouched) return Tell(charge, intent);
            // It may be confirmed again: money is taken once for each intent.
            if (!failure!.IsStale) return failure.Decline ?? Declines.Of("processing_error");
        }

        return AnswerState.Unknown;
    }

    /// <summary>The intent of a charge whose name was lost, as in a database that came back from a backup.</summary>
    private async Task<Answered<PaymentIntent>> Find(ChargeToMake charge, CancellationToken stop)
    {
        var list = new PaymentIntentListOptions
        {
            Customer = charge.CustomerRef,
            Created = new DateRangeOptions { GreaterThanOrEqual = charge.WantedAt - Slack },
            Limit = 100,
        };
        var all = await line.ReadAll(intents.ListAutoPagingAsync(list, cancellationToken: stop), stop);
        if (all.Value is not { } made) return all.Without<PaymentIntent>();
        var ours = made.Where(i => StripeLine.IsMarked(i.Metadata, charge.RequestKey)).ToList();
        var intent = ours.Find(i => i.Status is "succeeded" or "processing") ?? ours.FirstOrDefault();
        return intent is null ? AnswerState.Missing : Answered.With(intent);
    }

    private static Answered<string> Tell(ChargeToMake charge, PaymentIntent intent)
    {
        if (!IsAsAsked(charge, intent)) return AnswerState.Mismatched;
        return intent.Status switch
        {
            "succeeded" => Answered.With(intent.Id),
            "requires_action" when intent.NextAction?.RedirectToUrl?.Url is { } link =>
                new Answered<string>(AnswerState.Waiting) { Link = link },
            "requires_action" or "requires_payment_method" => intent.LastPaymentError is { } error
                ? StripeFailure.DeclineOf(error)
                : Declines.Of(BankWaits),
            "canceled" => Declines.Of("never_made"),
            _ => AnswerState.Unknown,
        };
    }

    private static bool IsAsAsked(ChargeToMake charge, PaymentIntent intent) =>
        intent.Amount == charge.Cents
        && intent.Currency == Currency
        && intent.CustomerId == charge.CustomerRef
        && StripeLine.IsMarked(intent.Metadata, charge.RequestKey)
        && (intent.Status != "succeeded" || intent.AmountReceived == charge.Cents);
}
