using Gatehouse.Domain;

namespace Gatehouse.Tests.Features.Ledger;

/// <summary>
/// The same rules once more, the simplest way there is: lists in memory. What the books say is held against it.
/// </summary>
internal sealed class LedgerModel
{
    public Int128 Wallet { get; private set; }

    public Int128 Reserved { get; private set; }

    /// <summary>Money received less money paid back.</summary>
    public Int128 Clearing { get; private set; }

    public Int128 Revenue { get; private set; }

    public Int128 Given { get; private set; }

    public Int128 Breakage { get; private set; }

    public List<Lot> Lots { get; } = [];

    public List<Hold> Holds { get; } = [];

    /// <summary>How often something was booked. Without write-offs: their number depends on the job.</summary>
    public int Postings { get; private set; }

    /// <summary>What can be spent at a moment.</summary>
    public Int128 Credits(DateTime now) =>
        Wallet + Lots.Where(lot => lot.IsAlive(now)).Aggregate(Int128.Zero, (sum, lot) => sum + lot.Left);

    public Reason? Buy(long amount) => Do(() => { Wallet += amount; Clearing += amount; });

    public Reason? Refund(long amount) =>
        Wallet < amount ? Reason.InsufficientCredits : Do(() => { Wallet -= amount; Clearing -= amount; });

    public Reason? Grant(long amount, DateTime? expiresAt, int order) =>
        Do(() => { Lots.Add(new Lot(order, amount, expiresAt)); Given += amount; });

    public Reason? Spend(long amount, DateTime now) => Take(amount, now, _ => Revenue += amount);

    public Reason? TakeBack(long amount, DateTime now) => Take(amount, now, _ => Given -= amount);

    public Reason? SetAside(Guid id, long amount, DateTime now, DateTime expiresAt) => Take(amount, now, from =>
    {
        Reserved += amount;
        Holds.Add(new Hold(id, amount, expiresAt, from));
    });

    public Reason? End(Hold hold, long used)
    {
        if (hold.IsOver) return Reason.NotFound;
        if (used > hold.Amount) return Reason.OutOfRange;
        return Do(() =>
        {
            hold.IsOver = true;
            Reserved -= hold.Amount;
            Revenue += used;
            foreach (var (lot, amount) in hold.From)
            {
                var paid = Math.Min(used, amount);
                used -= paid;
                if (lot is null) Wallet += amount - paid;
                else lot.Left += amount - paid;
            }
        });
    }

    /// <summary>What the job does: holds end, then lots are written off.</summary>
    public void Expire(DateTime now)
    {
        foreach (var hold in Holds.Where(hold => !hold.IsOver && hold.ExpiresAt <= now)) End(hold, 0);
        foreach (var lot in Lots.Where(lot => lot.Left > 0 && !lot.IsAlive(now)))
        {
            Breakage += lot.Left;
            lot.Left = 0;
        }
    }

    private Reason? Take(long amount, DateTime now, Action<List<(Lot? Lot, long Amount)>> put)
    {
        if (Credits(now) < amount) return Reason.InsufficientCredits;
        return Do(() =>
        {
            var (from, left) = (new List<(Lot?, long)>(), amount);
            var alive = Lots.Where(lot => lot.Left > 0 && lot.IsAlive(now));
            foreach (var lot in alive.OrderBy(lot => lot.ExpiresAt ?? DateTime.MaxValue).ThenBy(lot => lot.Order))
            {
                var taken = Math.Min(left, lot.Left);
                if (taken == 0) break;
                lot.Left -= taken;
                left -= taken;
                from.Add((lot, taken));
            }

            if (left > 0) from.Add((null, left));
            Wallet -= left;
            put(from);
        });
    }

    private Reason? Do(Action change)
    {
        change();
        Postings++;
        return null;
    }

    internal sealed class Lot(int order, long left, DateTime? expiresAt)
    {
        public int Order => order;

        public long Left { get; set; } = left;

        public DateTime? ExpiresAt => expiresAt;

        public bool IsAlive(DateTime now) => expiresAt is null || expiresAt > now;
    }

    internal sealed class Hold(Guid id, long amount, DateTime expiresAt, List<(Lot? Lot, long Amount)> from)
    {
        public Guid Id => id;

        public long Amount => amount;

        public DateTime ExpiresAt => expiresAt;

        public IReadOnlyList<(Lot? Lot, long Amount)> From => from;

        public bool IsOver { get; set; }
    }
}
