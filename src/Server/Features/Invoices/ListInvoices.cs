using Gatehouse.Data;
using Gatehouse.Domain;

namespace Gatehouse.Features.Invoices;

/// <summary>The invoices of the caller's account.</summary>
public sealed class ListInvoices(Db db)
{
    /// <summary>
    /// The newest first. Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<FoundInvoice>>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Billing).Is(out var id, out var refusal)) return refusal;
        return Outcome.Of(await FoundInvoice.Of(db, id, number: null, stop));
    }
}
