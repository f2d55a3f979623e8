using Gatehouse.Data;
using Gatehouse.Domain;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// The button: the person compared the code in the terminal with the one on the page, and hands over. Only from here on
/// does the terminal get anything.
/// </summary>
public sealed class ConfirmHandOver(Db db, FindAnswered find, GrantLogin grantLogin, GrantSignUp grantSignUp)
{
    // A random user name meets an existing one about never.
    private const int NamesToTry = 3;

    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/> (the time of the terminal is over, or it has what it wanted), or
    /// with <see cref="Reason.Taken"/> when another sign-up for the address was faster.
    /// </summary>
    public async Task<Outcome<Done>> Run(Caller caller, VisitAnswer answer, CancellationToken stop)
    {
        if (!(await find.Run(answer, VisitStage.HandOver, stop)).Is(out var visitor, out var refusal)) return refusal;
        try
        {
            return await db.Write(
                () => visitor.Opens is null
                    ? grantSignUp.Run(caller, visitor, stop)
                    : grantLogin.Run(visitor, stop),
                stop,
                NamesToTry);
        }
        catch (Exception taken) when (db.IsTaken(taken))
        {
            return new Refusal(Reason.Taken, Field.Email);
        }
    }
}
