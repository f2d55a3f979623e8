using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>What a page of a visit says before its button is pressed. Changes nothing.</summary>
public sealed class ShowVisit(Db db, FindVisit find)
{
    /// <summary>Refuses with <see cref="Reason.InvalidToken"/>.</summary>
    public async Task<Outcome<VisitView>> Run(string? browser, VisitStage stage, CancellationToken stop)
    {
        if (!(await find.Run(browser, stage, stop)).Is(out var visitor, out var refusal)) return refusal;
        var terminalId = visitor.Visit.TerminalLoginId;
        var terminal = terminalId is null
            ? null
            : await db.TerminalLogins.AsNoTracking().SingleOrDefaultAsync(
                t => t.Id == terminalId && t.State == TerminalState.Waiting, stop);
        if (terminal is null && terminalId is not null) return new Refusal(Reason.InvalidToken, Field.OAuth);
        var account = visitor.Opens;
        var hasFactor = account is not null
            && await db.SecondFactors.AnyAsync(f => f.AccountId == account.Id && f.ActivatedAt != null, stop);
        return new VisitView(visitor.Identity.Email.Spelling, account?.EmailSpelling, hasFactor, terminal)
        {
            Visit = visitor.Visit.Id.ToString("N"),
        };
    }
}

/// <summary>A visit as its visitor sees it.</summary>
/// <param name="Email">The address that the provider vouched for.</param>
/// <param name="Account">The address of the account that it is about; null while there is none.</param>
/// <param name="HasFactor">Says whether that account has a second factor.</param>
/// <param name="Terminal">The terminal that waits; null where the browser itself logs in.</param>
public sealed record VisitView(string Email, string? Account, bool HasFactor, TerminalLogin? Terminal)
{
    /// <summary>Its id, which comes back with the form: no secret, and nothing by itself.</summary>
    public required string Visit { get; init; }
}
