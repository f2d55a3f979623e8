using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Ledger;
using Gatehouse.Platform;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gatehouse.Tests.Features.Ledger;

/// <summary>Many at once at one account, on two nodes.</summary>
[Costly]
public sealed class LedgerRaceTests
{
    private static readonly Guid Owner = Guid.CreateVersion7(TestServer.Beginning);

    [Theory, EveryDatabase]
    public async Task Sixteen_clients_lose_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var debits = Soak.Times(100, 500);
        await Buy(server, 1_000_000_000);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(client => Task.Run(async () =>
        {
            for (var i = 0; i < debits; i++)
                Assert.True((await Spend(i % 2 == 0 ? server : twin, 1000, $"{client} {i}")).Is(out _, out _));
        })));
        Assert.Equal(1_000_000_000 - 16 * debits * 1000L, await Wallet(server));
        await Verify(server, 16 * debits + 1);
    }

    [Theory, EveryDatabase]
    public async Task Of_many_spends_of_sixty_from_a_hundred_one_succeeds(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        await Buy(server, 100);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 256).Select(
            i => Task.Run(() => Spend(i % 2 == 0 ? server : twin, 60, $"spend {i}"))));
        Assert.Equal(1, outcomes.Count(outcome => outcome.Refusal is null));
        Assert.All(
            outcomes.Where(outcome => outcome.Refusal is not null),
            outcome => Assert.Equal(Reason.InsufficientCredits, outcome.Refusal!.Reason));
        Assert.Equal(40, await Wallet(server));
        await Verify(server, 2);
    }

    [Theory, EveryDatabase]
    public async Task One_request_key_is_booked_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        await Buy(server, 1000);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(
            i => Task.Run(() => Spend(i % 2 == 0 ? server : twin, 10, "the same"))));
        var ids = outcomes.Select(outcome => outcome.Match(posting => posting.Id, _ => Guid.Empty)).Distinct();
        Assert.NotEqual(Guid.Empty, Assert.Single(ids));
        Assert.Equal(990, await Wallet(server));
        Assert.Equal(Reason.RequestKeyReused, (await Spend(server, 11, "the same")).Refusal?.Reason);
    }

    [Theory, EveryDatabase]
    public async Task Balance_never_overflows(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        for (var i = 0; i < 9; i++) await Buy(server, LedgerEntry.Largest, $"fortune {i}");
        var tooMuch = await server.Ask<Db, Outcome<LedgerTransaction>>(db => db.Write(
            () => new AddPaidCredits(db).Run(
                Owner, new Money(LedgerEntry.Largest), "one too many", Now(server), CancellationToken.None),
            CancellationToken.None));
        Assert.Equal(Reason.InsufficientCredits, tooMuch.Refusal?.Reason);
        Assert.Equal(9 * LedgerEntry.Largest, await Wallet(server));
        await Verify(server, 9);
    }

    [Theory, EveryDatabase]
    public async Task Reversal_restores_and_happens_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Buy(server, 500);
        await server.Ask<Db, Outcome<LedgerTransaction>>(db => db.Write(
            () => new GrantCredits(db).Run(
                new Grant(Owner, new Money(70), null, "grant", ""), Now(server), CancellationToken.None),
            CancellationToken.None));
        (await Spend(server, 100, "spent")).Is(out var spent, out _);
        Assert.Equal(470, await Wallet(server));
        Assert.Null((await Reverse(server, spent.Id)).Refusal);
        Assert.Equal(500, await Wallet(server));
        Assert.Equal(70, await server.Ask<Db, long>(db => db.PromoLots.SumAsync(lot => lot.Remaining)));
        // Asked again it is the same reversal; a reversal itself stays.
        (await Reverse(server, spent.Id)).Is(out var again, out _);
        Assert.Equal(spent.Id, again.ReversedId);
        Assert.Equal(Reason.NotOffered, (await Reverse(server, again.Id)).Refusal?.Reason);
        await Verify(server, 4);
    }

    private static DateTime Now(TestServer server) => server.Services.GetRequiredService<TimeProvider>().UtcNow();

    private static Task Buy(TestServer server, long nanos, string key = "bought") =>
        server.Ask<Db, Outcome<LedgerTransaction>>(db => db.Write(
            () => new AddPaidCredits(db).Run(Owner, new Money(nanos), key, Now(server), CancellationToken.None),
            CancellationToken.None));

    /// <summary>As a client does who is told that the server is busy: the same request again.</summary>
    private static async Task<Outcome<LedgerTransaction>> Spend(TestServer server, long nanos, string key)
    {
        while (true)
        {
            try
            {
                return await server.Ask<Db, Outcome<LedgerTransaction>>(db => db.Write(
                    () => new SpendCredits(db).Run(Owner, new Money(nanos), key, Now(server), CancellationToken.None),
                    CancellationToken.None));
            }
            catch (Exception busy) when (busy.GetBaseException() is TimeoutException)
            {
                // 256 wait for one row, and each for two seconds at most.
            }
        }
    }

    private static Task<Outcome<LedgerTransaction>> Reverse(TestServer server, Guid id) =>
        server.Ask<Db, Outcome<LedgerTransaction>>(db => db.Write(
            () => new ReversePosting(db).Run(id, "test", Now(server), CancellationToken.None),
            CancellationToken.None));

    private static Task<long> Wallet(TestServer server) => server.Ask<Db, long>(
        db => db.LedgerAccounts.Where(a => a.Kind == LedgerKind.Wallet).SumAsync(a => a.Balance));

    private static async Task Verify(TestServer server, int postings)
    {
        var (count, faults) = await server.Ask<VerifyLedger, (int, IReadOnlyList<string>)>(
            verify => verify.Run(CancellationToken.None));
        Assert.Empty(faults);
        Assert.Equal(postings, count);
    }
}
