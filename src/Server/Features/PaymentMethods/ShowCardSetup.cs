using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.PaymentMethods;

/// <summary>How far a visit to the card page is, for the terminal that waits for it.</summary>
public sealed class ShowCardSetup(Db db, FinishCardSetup finish)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotFound"/>, <see cref="Reason.NotLoggedIn"/> or
    /// <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public async Task<Outcome<CardSetupState>> Run(Caller caller, Guid id, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Billing).Is(out var holder, out var refusal)) return refusal;
        var setup = await db.CardSetups.AsNoTracking()
            .SingleOrDefaultAsync(s => s.Id == id && s.AccountId == holder, stop);
        return setup is null ? Reason.NotFound : await finish.Run(caller, setup, stop);
    }
}
