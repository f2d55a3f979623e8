using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Ledger;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gatehouse.Tests.Features.Ledger;

/// <summary>Credits that come back go to where they came from: what was given can never be paid out.</summary>
public sealed class CreditReturnTests
{
    private static readonly Guid Id = new("00000000-0000-7000-8000-000000000001");

    [Theory, EveryDatabase]
    public async Task Given_credits_come_back_as_given_ones_and_only_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Book(server, async services =>
        {
            var grant = new Grant(Id, Dollars(10), server.Now.AddDays(30), "gift", "a test");
            await services.GetRequiredService<GrantCredits>().Run(grant, server.Now, default);
            await services.GetRequiredService<AddPaidCredits>().Run(Id, Dollars(5), "bought", server.Now, default);
            await services.GetRequiredService<PayUsage>().Run(Id, Dollars(12), "used", server.Now, default);
        });
        Assert.Equal((3, 0), await Balances(server));
        // It came to six dollars less than was paid in advance: two of them were paid for, four were given.
        await Invoice(server, total: 6, prepaid: 12);
        Assert.Equal((5, 4), await Balances(server));
        await Invoice(server, total: -6, prepaid: 0);
        Assert.Equal((5, 10), await Balances(server));
        Assert.Equal([], await server.FindFaults());
    }

    private static Task Invoice(TestServer server, int total, int prepaid) => Book(
        server,
        services => services.GetRequiredService<BookInvoice>().Run(
            new InvoiceToBook(
                Id, $"invoice {total}", Dollars(total), Dollars(total), Dollars(prepaid), IsPrepaid: true),
            server.Now,
            default));

    private static Task Book(TestServer server, Func<IServiceProvider, Task> bookings) =>
        server.Ask<IServiceProvider, Done>(services => services.GetRequiredService<Db>().Write(
            async () =>
            {
                await bookings(services);
                return Done.It;
            },
            default));

    /// <summary>Dollars that were paid for and that were given.</summary>
    private static Task<(int Paid, int Given)> Balances(TestServer server) => server.Ask<Db, (int, int)>(async db =>
    {
        var had = await db.LedgerAccounts.Where(a => a.OwnerId == Id).ToDictionaryAsync(a => a.Kind, a => a.Balance);
        return ((int)new Money(had[LedgerKind.Wallet]).Dollars, (int)new Money(had[LedgerKind.Promo]).Dollars);
    });

    private static Money Dollars(int dollars) => Money.FromCents(dollars * 100L);
}
