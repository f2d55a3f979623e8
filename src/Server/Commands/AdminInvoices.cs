using Gatehouse.Domain;
using Gatehouse.Features.Invoices;

namespace Gatehouse.Commands;

/// <summary>The operator's verbs about invoices.</summary>
internal static class AdminInvoices
{
    /// <summary><c>admin invoices WHO</c>.</summary>
    public static async Task<int> List(AdminCall call)
    {
        var found = await call.Ask<ListInvoicesOf>().Run(Caller.Operator, call.Word(0), CancellationToken.None);
        return found.Match(
            invoices => call.Show(invoices.Select(InvoiceLineOut.Of)),
            _ => call.Fail($"There is no account {call.Word(0)}."));
    }

    /// <summary><c>admin invoices:verify</c>.</summary>
    public static async Task<int> Verify(AdminCall call)
    {
        var (invoices, faults) = await call.Ask<VerifyInvoices>().Run(CancellationToken.None);
        foreach (var fault in faults) call.Fail(fault);
        call.Say($"{invoices} invoices checked, {faults.Count} faults.");
        return faults.Count == 0 ? 0 : 1;
    }

    /// <summary>An invoice as the operator sees it; amounts are dollars.</summary>
    private sealed record InvoiceLineOut
    {
        public required long Number { get; init; }

        public required DateTime PeriodStart { get; init; }

        public required DateTime PeriodEnd { get; init; }

        public required DateTime IssuedAt { get; init; }

        public required string Amount { get; init; }

        public required string Credit { get; init; }

        public required string Charged { get; init; }

        public required string Due { get; init; }

        public required bool Paid { get; init; }

        public required int Failures { get; init; }

        public required DateTime? NextTryAt { get; init; }

        public required string Sha256 { get; init; }

        public static InvoiceLineOut Of(FoundInvoice found) => new()
        {
            Number = found.Invoice.Number,
            PeriodStart = Seconds.ToMoment(found.Invoice.StartsAt),
            PeriodEnd = Seconds.ToMoment(found.Invoice.EndsAt),
            IssuedAt = found.Invoice.IssuedAt,
            Amount = Write(found.Invoice.TotalNanos),
            Credit = Write(found.Debt.CreditNanos),
            Charged = Write(found.Debt.ChargedNanos),
            Due = Write(found.Debt.OpenNanos),
            Paid = found.Debt.PaidAt is not null,
            Failures = found.Debt.Failures,
            NextTryAt = found.Debt.NextTryAt,
            Sha256 = Convert.ToHexStringLower(found.Invoice.Hash),
        };

        private static string Write(long nanos) => Domain.Amount.Write(new Money(nanos));
    }
}
