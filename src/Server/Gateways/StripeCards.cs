using System.Globalization;
using Gatehouse.Platform;
using Stripe;
using Stripe.Checkout;

namespace Gatehouse.Gateways;

/// <summary>
/// Customers and cards at Stripe. A card is entered on Stripe's own page or comes as a token; either way Stripe asks
/// the bank whether it is good, and for later payments in the customer's absence.
/// </summary>
internal sealed class StripeCards(StripeLine line, PublicUrl publicUrl, TimeProvider clock)
{
    // Stripe allows no less than half an hour, by its own clock; ours may be a little behind.
    private static readonly TimeSpan PageLife = TimeSpan.FromMinutes(35);

    private readonly CustomerService customers = new(line.Client);
    private readonly PaymentMethodService methods = new(line.Client);
    private readonly SetupIntentService setups = new(line.Client);
    private readonly SessionService pages = new(line.Client);

    /// <summary>Keeps the card behind a token.</summary>
    public async Task<Answered<StoredCard>> Store(CardToStore card, CancellationToken stop)
    {
        var customer = await CustomerOf(card.Holder, stop);
        if (customer.Value is not { } customerRef) return customer.Without<StoredCard>();
        var wanted = new PaymentMethodCreateOptions
        {
            Type = "card",
            Card = new PaymentMethodCardOptions { Token = card.Token },
        };
        var made = await line.Make(card.RequestKey, options => methods.CreateAsync(wanted, options, stop));
        if (made.Value is not { } method) return made.Without<StoredCard>();
        var setup = new SetupIntentCreateOptions
        {
            Customer = customerRef,
            PaymentMethod = method.Id,
            AllowedPaymentMethodTypes = ["card"],
            Usage = "off_session",
            Confirm = true,
            Expand = ["payment_method"],
        };
        var key = $"{card.RequestKey}:{customerRef}";
        var asked = await line.Make(key, options => setups.CreateAsync(setup, options, stop));
        return asked.Value is { } intent ? Told(intent) : asked.Without<StoredCard>();
    }

    /// <summary>Opens a page of Stripe's.</summary>
    public async Task<Answered<CardPage>> Open(CardHolder holder, string requestKey, CancellationToken stop)
    {
        var customer = await CustomerOf(holder, stop);
        if (customer.Value is not { } customerRef) return customer.Without<CardPage>();
        var wanted = new SessionCreateOptions
        {
            Mode = "setup",
            Customer = customerRef,
            AllowedPaymentMethodTypes = ["card"],
            SuccessUrl = publicUrl.To("/cards/stored"),
            ExpiresAt = (clock.GetUtcNow() + PageLife).UtcDateTime,
            Metadata = StripeLine.Mark(requestKey),
        };
        var opened = await line.Make(requestKey, options => pages.CreateAsync(wanted, options, stop));
        return opened.Value is { } page ? Answered.With(new CardPage(page.Id, page.Url)) : opened.Without<CardPage>();
    }

    /// <summary>The card that was entered on a page.</summary>
    public async Task<Answered<StoredCard>> Find(string pageRef, CancellationToken stop)
    {
        var whole = new SessionGetOptions { Expand = ["setup_intent.payment_method"] };
        var found = await line.Read(() => pages.GetAsync(pageRef, whole, cancellationToken: stop));
        if (found.Value is not { } page) return found.Without<StoredCard>();
        return page is { Status: "complete", SetupIntent: { Status: "succeeded" } setup }
            ? Told(setup)
            : AnswerState.Missing;
    }

    private async Task<Answered<string>> CustomerOf(CardHolder holder, CancellationToken stop)
    {
        if (holder.CustomerRef is { } known) return Answered.With(known);
        var id = holder.Id.ToString("D", CultureInfo.InvariantCulture);
        var wanted = new CustomerCreateOptions { Metadata = StripeLine.Mark($"customer:{id}") };
        var made = await line.Make($"customer:{id}", options => customers.CreateAsync(wanted, options, stop));
        return made.Value is { } customer ? Answered.With(customer.Id) : made.Without<string>();
    }

    private static Answered<StoredCard> Told(SetupIntent setup) => setup switch
    {
        { Status: "succeeded", PaymentMethod: { Card: { } card } method } => Answered.With(new StoredCard(
            setup.CustomerId,
            method.Id,
            NameOf(card.Brand),
            card.Last4,
            (int)card.ExpMonth,
            (int)card.ExpYear,
            card.Fingerprint)),
        { Status: "requires_action" } => new Decline(
            "authentication_required",
            "Your bank wants you to confirm this card, which a token cannot do. Enter it on the card page instead."),
        { LastSetupError: { } error } => StripeFailure.DeclineOf(error),
        _ => AnswerState.Unknown,
    };

    /// <summary>As tokens spell it, and the wire with them.</summary>
    private static string NameOf(string brand) => brand switch
    {
        "visa" => "Visa",
        "mastercard" => "MasterCard",
        "amex" => "American Express",
        "discover" => "Discover",
        "diners" => "Diners Club",
        "jcb" => "JCB",
        "unionpay" => "UnionPay",
        _ => brand,
    };
}
