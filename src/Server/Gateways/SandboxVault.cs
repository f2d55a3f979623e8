using Gatehouse.Data;
using Gatehouse.Platform;

namespace Gatehouse.Gateways;

/// <summary>The customers, tokens and cards of the sandbox. Numbers never come in here.</summary>
internal sealed class SandboxVault(SandboxStore store, MasterKey key, TimeProvider clock)
{
    // The documented test tokens name cards that are good for years.
    private const int YearsOfTestTokens = 4;
    private const int LastMonth = 12;

    private static readonly TimeSpan PageLife = TimeSpan.FromMinutes(30);

    /// <summary>When a page that is opened now cannot be used any more.</summary>
    public DateTime EndOfPage() => clock.UtcNow() + PageLife;

    /// <summary>Says whether a page cannot be used any more.</summary>
    public bool IsOver(SandboxPage page) => page.ExpiresAt <= clock.UtcNow();

    /// <summary>The card behind a token, which is used up by that; a documented test token never is.</summary>
    public async Task<Answered<SandboxToken>> Spend(Db db, string token, CancellationToken stop)
    {
        if (SandboxCards.OfToken(token) is { } documented)
        {
            var year = clock.UtcNow().Year + YearsOfTestTokens;
            return Answered.With(new SandboxToken(documented.Name, LastMonth, year));
        }

        if (!token.StartsWith("tok_", StringComparison.Ordinal)
            || await SandboxStore.Find<SandboxToken>(db, token, stop) is not { } made)
            return new Decline("resource_missing", $"No such token: '{Shown(token)}'");
        var isFirst = !made.IsUsed && await SandboxStore.Replace(db, token, made, made with { IsUsed = true }, stop);
        return isFirst
            ? Answered.With(made)
            : new Decline("token_already_used", $"You cannot use a Stripe token more than once: {token}.");
    }

    /// <summary>The customer of a holder, made at the first time.</summary>
    public async Task<string> CustomerOf(Db db, CardHolder holder, CancellationToken stop)
    {
        if (holder.CustomerRef is { } known) return known;
        var requestKey = $"customer:{holder.Id:D}";
        if (await SandboxStore.FindByKey<SandboxCustomer>(db, requestKey, stop) is { } before) return before.Id;
        var id = SandboxStore.NewId("cus");
        await store.Add(db, id, new SandboxCustomer(holder.Id), requestKey, stop);
        return id;
    }

    /// <summary>Keeps a card for its customer.</summary>
    public async Task<string> Keep(Db db, SandboxMethod method, string? requestKey, CancellationToken stop)
    {
        var id = SandboxStore.NewId("pm");
        await store.Add(db, id, method, requestKey, stop);
        return id;
    }

    /// <summary>A kept card as we are told of it.</summary>
    public StoredCard Describe(string id, SandboxMethod method)
    {
        var card = SandboxCards.Named(method.Card);
        var fingerprint = Convert.ToHexStringLower(key.Hash(HashPurpose.Card, $"sandbox {card.Number}"));
        return new StoredCard(
            method.Customer, id, card.Brand, card.Last4, method.ExpiryMonth, method.ExpiryYear, fingerprint);
    }

    /// <summary>Whatever a client sent as a token, without what a card number could be.</summary>
    private static string Shown(string token) =>
        token.Length <= 64 && !token.Any(char.IsAsciiDigit) && token.All(c => char.IsAsciiLetter(c) || c == '_')
            ? token
            : "tok_…";
}
