using Gatehouse.Domain;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>What a proven identity means for the browser that brought it. Runs in the caller's transaction.</summary>
public sealed class ReceiveForBrowser(EnterByVisit enter, MoveVisit move, SignUpByVisit signUp)
{
    /// <summary>Refuses with <see cref="Reason.InvalidToken"/>.</summary>
    public async Task<Outcome<Arrival>> Run(Caller caller, Visitor visitor, CancellationToken stop) => visitor switch
    {
        { Opens: not null, HasFactor: true } => await move.Run(visitor, VisitStage.Factor, visitor.Opens.Id, stop),
        { Opens: not null } => await enter.Run(caller, visitor, attempt: null, stop),
        { Names: not null } => await move.Run(visitor, VisitStage.Password, visitor.Names.Id, stop),
        { Visit.Intent: VisitIntent.SignUp } => await signUp.Run(caller, visitor, stop),
        _ => await move.Run(visitor, VisitStage.NewAccount, accountId: null, stop),
    };
}
