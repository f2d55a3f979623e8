using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.PaymentMethods;

/// <summary>The current card of the caller's account.</summary>
public sealed class ShowPaymentMethod(Db db)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotFound"/>, <see cref="Reason.NotLoggedIn"/> or
    /// <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public async Task<Outcome<PaymentMethod>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Billing).Is(out var id, out var refusal)) return refusal;
        var current = await db.PaymentMethods.AsNoTracking()
            .SingleOrDefaultAsync(m => m.HolderId == id && m.ReplacedAt == null, stop);
        return current is null ? Reason.NotFound : current;
    }
}
