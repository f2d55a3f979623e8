using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>Somebody who wanted to log in has no account, and says that one is wanted.</summary>
public sealed class WantAccount(Db db, FindAnswered find, SignUpByVisit signUp)
{
    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/>, or with <see cref="Reason.Taken"/> when there is an account by
    /// now.
    /// </summary>
    public async Task<Outcome<Arrival>> Run(Caller caller, VisitAnswer answer, CancellationToken stop)
    {
        if (!(await find.Run(answer, VisitStage.NewAccount, stop)).Is(out var visitor, out var refusal))
            return refusal;
        return await db.Write(() => Begin(caller, visitor, stop), stop);
    }

    private async Task<Outcome<Arrival>> Begin(Caller caller, Visitor visitor, CancellationToken stop)
    {
        var email = visitor.Identity.Email.Canonical;
        if (await db.Accounts.Confirmed().AnyAsync(a => a.Email == email, stop))
            return new Refusal(Reason.Taken, Field.Email);
        return await signUp.Run(caller, visitor, stop);
    }
}
