using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// The terminal asks how far the browser is. What was granted is handed out once: of two that ask at the same moment,
/// one gets it.
/// </summary>
public sealed class PollTerminalLogin(Db db, DeliverLogin deliver, MasterKey key, TimeProvider clock)
{
    /// <summary>
    /// What came of it, or that nothing did yet. Refuses with <see cref="Reason.Expired"/> (its time is over, or it was
    /// fetched before), or with why the browser came to nothing.
    /// </summary>
    public async Task<Outcome<TerminalProgress>> Run(Caller caller, string? session, CancellationToken stop)
    {
        if (await db.FindTerminal(key, session, clock.UtcNow(), stop) is not { } terminal) return Reason.Expired;
        if (terminal.State == TerminalState.Waiting) return TerminalProgress.Pending;
        return await db.Write(() => Fetch(caller, terminal, stop), stop);
    }

    private async Task<Outcome<TerminalProgress>> Fetch(Caller caller, TerminalLogin terminal, CancellationToken stop)
    {
        if (terminal.AccountId is { } id) await db.QueueUp(id, stop);
        var fetched = await db.TerminalLogins.Where(t => t.Id == terminal.Id).ExecuteDeleteAsync(stop);
        if (fetched == 0) return Reason.Expired;
        if (terminal.State == TerminalState.Failed) return terminal.FailedBecause ?? Reason.NotFinished;
        if (terminal.Intent != TerminalIntent.SignUp) return await deliver.Run(caller, terminal, stop);
        var email = await db.SignUps.Where(s => s.Id == terminal.SignUpId)
            .Select(s => s.EmailSpelling).SingleOrDefaultAsync(stop);
        return email is null ? Reason.Expired : new TerminalProgress(email, Key: null);
    }
}

/// <summary>How far the browser is.</summary>
/// <param name="Email">The proven address; null while there is none.</param>
/// <param name="Key">The key of a login; a sign-up gets one with its last step.</param>
public sealed record TerminalProgress(string? Email, Secret? Key)
{
    /// <summary>Nothing yet.</summary>
    public static readonly TerminalProgress Pending = new(null, null);
}
