using System.Globalization;
using Gatehouse.Data;
using Gatehouse.Platform;

namespace Gatehouse.Gateways;

/// <summary>
/// Where test cards are entered: the hosted page of the sandbox, and its <c>POST /v1/tokens</c>. Of a number it keeps
/// which test card it is; a number that is none leaves nothing behind.
/// </summary>
public sealed class SandboxDesk
{
    private const int LongestYears = 50;

    private readonly SandboxStore store;
    private readonly SandboxVault vault;
    private readonly TimeProvider clock;

    internal SandboxDesk(SandboxStore store, SandboxVault vault, TimeProvider clock) =>
        (this.store, this.vault, this.clock) = (store, vault, clock);

    /// <summary>A page: open, done or gone.</summary>
    public Task<SandboxPageState> ReadPage(string id, CancellationToken stop) => store.Run(
        async db => await SandboxStore.Find<SandboxPage>(db, id, stop) switch
        {
            { Method: not null } => SandboxPageState.Done,
            { } page when !vault.IsOver(page) => SandboxPageState.Open,
            _ => SandboxPageState.Gone,
        },
        stop);

    /// <summary>Enters a card on a page. Missing when the page is done or gone.</summary>
    public async Task<Answered<string>> EnterOnPage(string id, EnteredCard entered, CancellationToken stop)
    {
        var read = Read(entered);
        return read.Value is { } token ? await store.Run(db => Enter(db, id, token, stop), stop) : read.Decline!;
    }

    /// <summary>Makes a token of a card; it works once.</summary>
    public async Task<Answered<TokenMade>> MakeToken(EnteredCard entered, CancellationToken stop)
    {
        var read = Read(entered);
        if (read.Value is not { } token) return read.Decline!;
        var id = SandboxStore.NewId("tok");
        await store.Run(
            async db =>
            {
                await store.Add(db, id, token, requestKey: null, stop);
                return id;
            },
            stop);
        var card = SandboxCards.Named(token.Card);
        return Answered.With(new TokenMade(
            id, card.Brand, card.Last4, token.ExpiryMonth, token.ExpiryYear, clock.GetUtcNow().ToUnixTimeSeconds()));
    }

    private async Task<Answered<string>> Enter(Db db, string id, SandboxToken token, CancellationToken stop)
    {
        var page = await SandboxStore.Find<SandboxPage>(db, id, stop);
        if (page is not { Method: null } || vault.IsOver(page)) return AnswerState.Missing;
        if (SandboxCards.Named(token.Card).AtOnce is { } code) return Declines.Of(code);
        var kept = await vault.Keep(
            db, new SandboxMethod(page.Customer, token.Card, token.ExpiryMonth, token.ExpiryYear), $"page:{id}", stop);
        await SandboxStore.Replace(db, id, page, page with { Method = kept }, stop);
        return Answered.With(kept);
    }

    private Answered<SandboxToken> Read(EnteredCard entered)
    {
        var digits = string.Concat(entered.Number.Where(c => c is not (' ' or '-')));
        if (digits.Length is < 12 or > 19 || !digits.All(char.IsAsciiDigit) || !IsLuhn(digits))
            return Declines.Of("incorrect_number");
        if (SandboxCards.OfNumber(digits) is not { } card)
        {
            return new Decline(
                "card_declined",
                "Your card was declined. Your request was in test mode, but used a non test card. For a list of valid "
                + "test cards, visit: https://stripe.com/docs/testing.");
        }

        if (Number(entered.ExpiryMonth) is not { } month || month is < 1 or > 12)
            return Declines.Of("invalid_expiry_month");
        if (Number(entered.ExpiryYear) is not { } year || !IsAhead(month, year = Century(year)))
            return Declines.Of("invalid_expiry_year");
        var isCode = entered.Code is null or ""
            || (entered.Code.Length is 3 or 4 && entered.Code.All(char.IsAsciiDigit));
        return isCode ? Answered.With(new SandboxToken(card.Name, month, year)) : Declines.Of("invalid_cvc");
    }

    /// <summary>The check digit (ISO/IEC 7812-1, annex B).</summary>
    private static bool IsLuhn(string digits) =>
        digits.Reverse().Select((c, i) => (c - '0') * (1 + (i % 2))).Sum(n => n > 9 ? n - 9 : n) % 10 == 0;

    private static int? Number(string text) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int Century(int year) => year < 100 ? year + 2000 : year;

    private bool IsAhead(int month, int year)
    {
        var now = clock.UtcNow();
        return year <= now.Year + LongestYears && (year > now.Year || (year == now.Year && month >= now.Month));
    }
}

/// <summary>A card as somebody entered it.</summary>
public sealed record EnteredCard(string Number, string ExpiryMonth, string ExpiryYear, string? Code)
{
    /// <summary>Nothing of it is ever printed.</summary>
    public override string ToString() => "(a card)";
}

/// <summary>A token, and what may be shown of its card.</summary>
public sealed record TokenMade(
    string Id, string Brand, string Last4, int ExpiryMonth, int ExpiryYear, long CreatedUnixSeconds);

/// <summary>How far a page is.</summary>
public enum SandboxPageState
{
    Open,
    Done,
    Gone,
}
