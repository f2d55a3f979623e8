namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>A change of address that was asked for, with its two links.</summary>
internal sealed record AskedChange(string Previous, string Next, DateTime At, string ConfirmToken, string RevokeToken)
{
    public DateTime? ConfirmedAt { get; set; }
}

/// <summary>What an account has to be after any order of changes, without a database.</summary>
internal sealed class EmailChangeModel(string address)
{
    private readonly List<AskedChange> alive = [];
    private readonly List<(string What, DateTime At)> made = [];
    private readonly List<(string Last4, DateTime At)> cards = [];

    public string Address { get; private set; } = address;

    public DateTime? FactorAt { get; private set; }

    public List<AskedChange> Asked { get; } = [];

    /// <summary>Everything that can be compared, as one text.</summary>
    public string Standing => string.Join(
        ' ', made.Select(thing => thing.What).Order(StringComparer.Ordinal)
            .Prepend($"{Address} factor={FactorAt is not null} card={(cards.Count == 0 ? "none" : cards[^1].Last4)}"));

    public void Make(string what, DateTime now) => made.Add((what, now));

    public void SetCard(string last4, DateTime now) => cards.Add((last4, now));

    /// <summary>Keys made with the password alone are worth no more.</summary>
    public void TurnFactorOn(DateTime now)
    {
        FactorAt = now;
        made.RemoveAll(thing => thing.What.StartsWith("key", StringComparison.Ordinal));
        alive.RemoveAll(change => change.ConfirmedAt is null);
    }

    public void Request(AskedChange change)
    {
        alive.RemoveAll(other => other.ConfirmedAt is null);
        alive.Add(change);
        Asked.Add(change);
    }

    public bool Confirm(AskedChange change, DateTime now)
    {
        if (!alive.Contains(change) || change.ConfirmedAt is not null || now >= change.At.AddDays(1)) return false;
        (Address, change.ConfirmedAt) = (change.Next, now);
        return true;
    }

    public bool Revoke(AskedChange change, DateTime now)
    {
        var until = change.ConfirmedAt?.AddDays(7) ?? change.At.AddDays(1);
        if (!alive.Contains(change) || now >= until) return false;
        alive.RemoveRange(alive.IndexOf(change), alive.Count - alive.IndexOf(change));
        if (change.ConfirmedAt is null) return true;
        Address = change.Previous;
        made.RemoveAll(thing => thing.At >= change.At);
        cards.RemoveAll(card => card.At >= change.At);
        if (FactorAt >= change.At) FactorAt = null;
        return true;
    }
}
