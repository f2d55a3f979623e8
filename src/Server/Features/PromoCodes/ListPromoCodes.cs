using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.PromoCodes;

/// <summary>Every promo code with what is left of it; for the operator alone.</summary>
public sealed class ListPromoCodes(Db db)
{
    /// <summary>Refuses with <see cref="Reason.NotFound"/> to everybody else.</summary>
    public async Task<Outcome<List<PromoCode>>> Run(Caller caller, CancellationToken stop) =>
        caller == Caller.Operator
            ? await db.PromoCodes.AsNoTracking().OrderBy(promo => promo.Code).ToListAsync(stop)
            : Reason.NotFound;
}
