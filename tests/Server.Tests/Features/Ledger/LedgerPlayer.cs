using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Ledger;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gatehouse.Tests.Features.Ledger;

/// <summary>One customer who does things at random, to the books and to the model alike.</summary>
internal sealed class LedgerPlayer(long seed)
{
    private readonly Dice dice = new(seed);
    private readonly Guid id = Guid.CreateVersion7(TestServer.Beginning);
    private Func<IServiceProvider, Task<Outcome<LedgerTransaction>>>? last;
    private (Guid Id, byte[] Hash) lastBooked;
    private int count;

    public LedgerModel Model { get; } = new();

    /// <summary>One operation; the books and the model must answer alike.</summary>
    public async Task Play(IServiceProvider services, DateTime now)
    {
        count++;
        var (amount, key) = (Amount(), $"{id:N} {count}");
        switch (dice.Throw(14))
        {
            case 0 or 1:
                await Both(services, Model.Buy, amount, s => s
                    .GetRequiredService<AddPaidCredits>().Run(id, new Money(amount), key, now, CancellationToken.None));
                break;
            case 2:
                await Both(services, Model.Refund, amount, s => s
                    .GetRequiredService<TakePaidCredits>().Run(
                        id, new Money(amount), key, now, CancellationToken.None));
                break;
            case 3 or 4:
                DateTime? expiry = dice.Throw(3) == 0 ? null : now.AddMinutes(dice.Between(1, 2000));
                await Both(services, a => Model.Grant(a, expiry, count), amount, s => s
                    .GetRequiredService<GrantCredits>().Run(
                        new Grant(id, new Money(amount), expiry, key, "test"), now, CancellationToken.None));
                break;
            case 5 or 6 or 7:
                await Both(services, a => Model.Spend(a, now), amount, s => s
                    .GetRequiredService<SpendCredits>().Run(id, new Money(amount), key, now, CancellationToken.None));
                break;
            case 8:
                await Both(services, a => Model.TakeBack(a, now), amount, s => s
                    .GetRequiredService<TakeBackCredits>().Run(
                        id, new Money(amount), (key, "test"), now, CancellationToken.None));
                break;
            case 9 or 10:
                await SetAside(services, amount, key, now);
                break;
            case 11:
                await End(services, now);
                break;
            case 12:
                await Replay(services);
                break;
            default:
                await Impossible(services, key, now);
                break;
        }
    }

    /// <summary>What the model says, in one line.</summary>
    public string Expected() =>
        $"wallet {Model.Wallet} reserved {Model.Reserved} lots {Sum(Model.Lots.Select(lot => lot.Left))}"
        + $" clearing {-Model.Clearing} revenue {Model.Revenue} given {-Model.Given} breakage {Model.Breakage}";

    /// <summary>What the books say.</summary>
    public Task<string> Actual(TestServer server) => server.Ask<Db, string>(async db =>
    {
        var balances = await db.LedgerAccounts
            .Where(a => a.OwnerId == id).ToDictionaryAsync(a => a.Kind, a => a.Balance);
        var house = await db.LedgerEntries
            .Where(e => e.OwnerId == Guid.Empty)
            .Where(e => db.LedgerTransactions.Any(t => t.Id == e.TransactionId && t.OwnerId == id))
            .GroupBy(e => e.Kind).Select(g => new { g.Key, Sum = g.Sum(e => e.Amount) })
            .ToDictionaryAsync(g => g.Key, g => g.Sum);
        var lots = await db.PromoLots.Where(lot => lot.OwnerId == id).SumAsync(lot => lot.Remaining);
        Assert.Equal(lots, balances.GetValueOrDefault(LedgerKind.Promo));
        return $"wallet {balances.GetValueOrDefault(LedgerKind.Wallet)}"
            + $" reserved {balances.GetValueOrDefault(LedgerKind.Reserved)} lots {lots}"
            + $" clearing {house.GetValueOrDefault(LedgerKind.Clearing)}"
            + $" revenue {house.GetValueOrDefault(LedgerKind.Revenue)}"
            + $" given {house.GetValueOrDefault(LedgerKind.PromoExpense)}"
            + $" breakage {house.GetValueOrDefault(LedgerKind.Breakage)}";
    });

    private static Int128 Sum(IEnumerable<long> amounts) =>
        amounts.Aggregate(Int128.Zero, (sum, amount) => sum + amount);

    /// <summary>Mostly small change, at times a fortune.</summary>
    private long Amount() => dice.Throw(8) switch
    {
        0 => 1,
        1 => dice.Between(1, 1_000_000_000_000),
        _ => dice.Between(1, 1_000_000_000),
    };

    private async Task Both(
        IServiceProvider services,
        Func<long, Reason?> model,
        long amount,
        Func<IServiceProvider, Task<Outcome<LedgerTransaction>>> books)
    {
        var outcome = await books(services);
        Assert.Equal(model(amount), outcome.Refusal?.Reason);
        if (!outcome.Is(out var posting, out _)) return;
        (last, lastBooked) = (books, (posting.Id, posting.Hash));
    }

    private async Task SetAside(IServiceProvider services, long amount, string key, DateTime now)
    {
        var life = TimeSpan.FromMinutes(dice.Between(1, 500));
        var outcome = await services.GetRequiredService<HoldCredits>().Run(
            id, new Money(amount), (key, life), now, CancellationToken.None);
        var holdId = outcome.Is(out var hold, out _) ? hold.Id : Guid.Empty;
        Assert.Equal(Model.SetAside(holdId, amount, now, now + life), outcome.Refusal?.Reason);
    }

    private async Task End(IServiceProvider services, DateTime now)
    {
        if (Model.Holds.Count == 0) return;
        var hold = Model.Holds[^(1 + dice.Throw(Math.Min(Model.Holds.Count, 20)))];
        var used = dice.Throw(4) switch
        {
            0 => 0,
            1 => hold.Amount,
            2 => hold.Amount + 1,
            _ => dice.Between(0, hold.Amount + 1),
        };
        var wasOver = hold.IsOver;
        var outcome = await services.GetRequiredService<EndHold>().Run(
            hold.Id, new Money(used), now, CancellationToken.None);
        var expected = used > hold.Amount ? Reason.OutOfRange : Model.End(hold, used);
        // The same end asked for twice is the same posting; another end of the same hold is refused.
        if (!wasOver) Assert.Equal(expected, outcome.Refusal?.Reason);
        else Assert.True(outcome.Refusal?.Reason is null or Reason.RequestKeyReused or Reason.OutOfRange);
    }

    /// <summary>Asks for the last booking again, and gets the very same one.</summary>
    private async Task Replay(IServiceProvider services)
    {
        if (last is null) return;
        var again = await last(services);
        Assert.True(again.Is(out var posting, out _));
        Assert.Equal(lastBooked.Id, posting.Id);
        Assert.Equal(lastBooked.Hash, posting.Hash);
    }

    /// <summary>What no book may ever say yes to.</summary>
    private async Task Impossible(IServiceProvider services, string key, DateTime now)
    {
        var amount = dice.Throw(4) switch { 0 => 0, 1 => -1, 2 => long.MinValue, _ => long.MaxValue };
        var outcome = await services.GetRequiredService<SpendCredits>().Run(
            id, new Money(amount), key, now, CancellationToken.None);
        Assert.Equal(Reason.OutOfRange, outcome.Refusal?.Reason);
    }
}
