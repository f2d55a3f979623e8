using Gatehouse.Data;
using Gatehouse.Domain;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>The other button: it is not this person's terminal, which is told so and gets nothing.</summary>
public sealed class DeclineHandOver(Db db, FindAnswered find, EndVisit end)
{
    /// <summary>Refuses with <see cref="Reason.InvalidToken"/>.</summary>
    public async Task<Outcome<Done>> Run(VisitAnswer answer, CancellationToken stop)
    {
        if (!(await find.Run(answer, VisitStage.HandOver, stop)).Is(out var visitor, out var refusal)) return refusal;
        return await db.Write<Outcome<Done>>(
            async () =>
            {
                await end.Run(visitor.Visit, Reason.ProviderDenied, stop);
                return Done.It;
            },
            stop);
    }
}
