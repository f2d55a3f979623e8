using System.Diagnostics;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Ledger;
using Gatehouse.Platform;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gatehouse.Tests.Features.Ledger;

/// <summary>
/// Random operations of several customers, each held against a model in memory and, at the end, against the invariants
/// of a ledger: sums, floors, chains, lots, holds, and that a request asked for twice is booked once.
/// </summary>
[Costly]
public sealed class LedgerPropertyTests
{
    private const int Customers = 8;
    private const int Batch = 250;

    [Theory, EveryDatabase]
    public async Task Books_agree_with_the_model(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var seed = Environment.TickCount64;
        var clock = server.Services.GetRequiredService<TimeProvider>();
        var players = Enumerable.Range(0, Customers).Select(index => new LedgerPlayer(seed + index)).ToList();
        var watch = Stopwatch.StartNew();
        // A hundred thousand on both: most of them where they cost least.
        var operations = engine == Engine.Sqlite ? Soak.Times(80_000, 800_000) : Soak.Times(20_000, 200_000);
        for (var done = 0; done < operations; done += Batch * Customers)
        {
            var now = clock.UtcNow();
            await Task.WhenAll(players.Select(player => Task.Run(() => Play(server, player, now))));
            server.Pass(TimeSpan.FromMinutes(50));
            now = clock.UtcNow();
            while (await server.Ask<ExpireCredits, int>(expire => expire.Run(CancellationToken.None)) > 0)
            {
                // as the job does
            }

            foreach (var player in players) player.Model.Expire(now);
        }

        await server.Ask<SealLedger, int>(seal => seal.Run(CancellationToken.None));
        Figures.Note($"ledger on {engine}", $"{operations} random operations in {watch.Elapsed.TotalSeconds:0} s");
        var (postings, faults) = await server.Ask<VerifyLedger, (int, IReadOnlyList<string>)>(
            verify => verify.Run(CancellationToken.None));
        Assert.True(faults.Count == 0, $"seed {seed}: {string.Join('\n', faults.Take(5))}");
        var writeOffs = await server.Ask<Db, int>(
            db => db.LedgerTransactions.CountAsync(posting => posting.Kind == PostingKind.CreditsExpired));
        Assert.Equal(players.Sum(player => player.Model.Postings), postings - writeOffs);
        foreach (var player in players)
            Assert.Equal((seed, player.Expected()), (seed, await player.Actual(server)));
        Assert.Equal(0, await server.Ask<Db, decimal>(SumOfAll));
    }

    private static async Task Play(TestServer server, LedgerPlayer player, DateTime now)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        await db.Write(
            async () =>
            {
                for (var i = 0; i < Batch; i++)
                {
                    await player.Play(scope.ServiceProvider, now);
                    db.ChangeTracker.Clear();
                }

                return Done.It;
            },
            CancellationToken.None);
    }

    private static async Task<decimal> SumOfAll(Db db)
    {
        var sums = await db.LedgerEntries.GroupBy(e => e.Kind).Select(g => g.Sum(e => e.Amount)).ToListAsync();
        return sums.Sum(sum => (decimal)sum);
    }
}
