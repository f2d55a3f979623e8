using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.PaymentMethods;

/// <summary>Keeps the card of a page, because something happened to that at the provider.</summary>
public sealed class FollowCardPage(Db db, FinishCardSetup finish)
{
    /// <summary>
    /// Always done: a page that is not ours needs nothing, and should the provider not answer, the job that looks after
    /// open pages asks again.
    /// </summary>
    public async Task<bool> Run(string pageRef, CancellationToken stop)
    {
        var page = await db.CardSetups.AsNoTracking().SingleOrDefaultAsync(s => s.ProviderRef == pageRef, stop);
        if (page is not null) await finish.Run(Caller.Server, page, stop);
        return true;
    }
}
