using Gatehouse.Data;
using Gatehouse.Domain;

namespace Gatehouse.Features.Invoices;

/// <summary>One invoice of the caller's account, with its lines.</summary>
public sealed class ShowInvoice(Db db)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotFound"/>, <see cref="Reason.NotLoggedIn"/> or
    /// <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public async Task<Outcome<FoundInvoice>> Run(Caller caller, long number, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Billing).Is(out var id, out var refusal)) return refusal;
        var found = await FoundInvoice.Of(db, id, number, stop);
        return found.Count == 1 ? found[0] : Reason.NotFound;
    }
}
