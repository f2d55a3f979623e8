using Gatehouse.Domain;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// The visit that a form was shown for, as long as its browser is still on it: another tab, or a page that somebody
/// else opened there, may have begun another one, and the answer is not meant for that.
/// </summary>
public sealed class FindAnswered(FindVisit find)
{
    /// <summary>Refuses with <see cref="Reason.InvalidToken"/>.</summary>
    public async Task<Outcome<Visitor>> Run(VisitAnswer answer, VisitStage stage, CancellationToken stop)
    {
        if (!(await find.Run(answer.Browser, stage, stop)).Is(out var visitor, out var refusal)) return refusal;
        return visitor.Visit.Id.ToString("N") == answer.Visit
            ? visitor
            : new Refusal(Reason.InvalidToken, Field.OAuth);
    }
}

/// <summary>From where a form of a visit comes.</summary>
/// <param name="Browser">What the browser keeps.</param>
/// <param name="Visit">The visit that its page showed, by its id, which is no secret.</param>
public sealed record VisitAnswer(string? Browser, string? Visit);
