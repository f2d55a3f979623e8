using Gatehouse.Data;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.PromoCodes;

/// <summary>Says whether there is any code to ask for, so that nobody is asked in vain.</summary>
public sealed class OfferPromoCodes(Db db, TimeProvider clock)
{
    /// <summary>Never refuses.</summary>
    public Task<bool> Run(CancellationToken stop) => db.PromoCodes.Usable(clock.UtcNow()).AnyAsync(stop);
}
