using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Data;

/// <summary>What the database itself keeps, on both kinds.</summary>
public sealed class DbTests
{
    [Theory, EveryDatabase]
    public async Task Credits_never_fall_below_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.GiveCredits(ada.Email, nanos: 1);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => server.Ask<Db, int>(
            db => db.LedgerAccounts.Where(account => account.Kind == LedgerKind.Wallet)
                .ExecuteUpdateAsync(set => set.SetProperty(account => account.Balance, -1))));
    }

    [Theory, EveryDatabase]
    public async Task Two_confirmed_accounts_never_have_one_address(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.SignUp();
        await server.SignUp("bob@example.org");
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => server.Ask<Db, int>(
            db => db.Accounts.ExecuteUpdateAsync(set => set.SetProperty(account => account.Email, "ada@example.org"))));
    }

    [Theory, EveryDatabase]
    public async Task Change_that_throws_leaves_nothing_behind(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var before = await server.Dump();
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Ask<Db, int>(db => db.Write<int>(
            async () =>
            {
                await db.Remember("canary", long.MaxValue, CancellationToken.None);
                throw new InvalidOperationException("in the middle of it");
            },
            CancellationToken.None)));
        Assert.Equal(before, await server.Dump());
    }
}
