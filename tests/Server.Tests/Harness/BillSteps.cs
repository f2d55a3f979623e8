using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credits;
using Gatehouse.Features.Invoices;
using Gatehouse.Features.Ledger;
using Gatehouse.Features.Prepayments;
using Gatehouse.Features.SpendCaps;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Harness;

/// <summary>Time that passes, and the bills of it.</summary>
internal static class BillSteps
{
    /// <summary>Moves the clock to a moment (UTC).</summary>
    public static void PassTo(this TestServer server, DateTime moment) => server.Pass(moment - server.Now);

    /// <summary>What the jobs do about bills, once, without any time passing.</summary>
    public static async Task RunBilling(this TestServer server)
    {
        await server.Ask<IssueDueInvoices, int>(issue => issue.Run(CancellationToken.None));
        await server.Ask<ChargePrepaidAccounts, int>(charge => charge.Run(CancellationToken.None));
        await server.Ask<EnforceSpendCaps, int>(enforce => enforce.Run(CancellationToken.None));
        await server.Ask<CollectDueInvoices, int>(collect => collect.Run(accountId: null, CancellationToken.None));
    }

    /// <summary>Everything that does not fit in invoices and books.</summary>
    public static async Task<IReadOnlyList<string>> FindFaults(this TestServer server)
    {
        var (_, invoices) = await server.Ask<VerifyInvoices, (int, IReadOnlyList<string>)>(
            verify => verify.Run(CancellationToken.None));
        var (_, books) = await server.Ask<VerifyLedger, (int, IReadOnlyList<string>)>(
            verify => verify.Run(CancellationToken.None));
        return [.. invoices, .. books];
    }

    /// <summary>A verb of <c>gatehouse admin</c>, as it is typed.</summary>
    public static async Task<(int Exit, string Output, string Error)> Admin(
        this TestServer server, params string[] words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exit = await Gatehouse.Commands.Admin.Run(
            server.Services, Gatehouse.Commands.Verb.Parse(["admin", .. words]), output, error);
        return (exit, output.ToString(), error.ToString());
    }

    /// <summary>Credits from the operator.</summary>
    public static async Task Grant(
        this TestServer server, Customer who, decimal dollars, DateTime? expiresAt = null)
    {
        var gift = new GiftOfCredits(who.Email, Money.FromDollars(dollars)!.Value, expiresAt, "a test");
        var given = await server.Ask<GiveCredits, Outcome<Money>>(
            give => give.Run(Caller.Operator, gift, CancellationToken.None));
        Assert.Null(given.Refusal);
    }

    /// <summary>Invoices as the operator sees them, the oldest first: total, credits, charged, open.</summary>
    public static async Task<IReadOnlyList<(long Total, long Credit, long Charged, long Open)>> InvoicesOf(
        this TestServer server, string who)
    {
        var found = await server.Ask<ListInvoicesOf, Outcome<IReadOnlyList<FoundInvoice>>>(
            list => list.Run(Caller.Operator, who, CancellationToken.None));
        return found.Match(
            invoices => invoices.Reverse().Select(one => (
                Cents(one.Invoice.TotalNanos), Cents(one.Debt.CreditNanos),
                Cents(one.Debt.ChargedNanos), Cents(one.Debt.OpenNanos))).ToList(),
            refusal => throw new InvalidOperationException($"{refusal}"));
    }

    /// <summary>The id of the account at an address.</summary>
    public static Task<Guid> IdOf(this TestServer server, string email) =>
        server.Ask<Db, Guid>(db => db.Accounts.Where(a => a.Email == email).Select(a => a.Id).SingleAsync());

    /// <summary>What an account may do: <c>active</c>, <c>prepaid</c>, <c>suspended</c>.</summary>
    public static async Task<string> StatusOf(this TestServer server, Customer who) =>
        (await server.Do(who, "GET /api/users")).Data("status");

    private static long Cents(long nanos) => new Money(nanos).WholeCents;
}
