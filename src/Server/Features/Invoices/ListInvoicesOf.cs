using Gatehouse.Data;
using Gatehouse.Domain;

namespace Gatehouse.Features.Invoices;

/// <summary>The invoices of any account, closed and erased ones too, for the operator.</summary>
public sealed class ListInvoicesOf(Db db)
{
    /// <summary>The newest first. Refuses with <see cref="Reason.NotFound"/>, to everybody else as well.</summary>
    /// <param name="caller">The operator.</param>
    /// <param name="who">Address, user name or id.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<Outcome<IReadOnlyList<FoundInvoice>>> Run(Caller caller, string who, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        var account = await db.FindByAnyName(who, stop);
        if (account is null) return Reason.NotFound;
        return Outcome.Of(await FoundInvoice.Of(db, account.Id, number: null, stop));
    }
}
