using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// A terminal begins to wait for a browser that logs in, or signs up, at the OpenID provider. It gets two secrets: one
/// for the address that it prints, one to ask with, which nobody else ever sees.
/// </summary>
public sealed class StartTerminalLogin(
    Db db, OpenIdProvider provider, VisitLimits limits, MasterKey key, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotOffered"/>, <see cref="Reason.ProviderUnavailable"/> or <see
    /// cref="Reason.TooManyAttempts"/>.
    /// </summary>
    public async Task<Outcome<StartedTerminal>> Run(
        Caller caller, TerminalIntent intent, string? device, CancellationToken stop)
    {
        if (!provider.IsOffered) return new Refusal(Reason.NotOffered, Field.OAuth);
        // Before the provider is asked anything: nobody makes us ask without end.
        if ((await db.Write(() => limits.Take(caller, stop), stop)).Refusal is { } tooMany) return tooMany;
        if ((await provider.Reach(stop)).Refusal is { } away) return away;
        return await db.Write(() => Start(caller, intent, device, clock.UtcNow(), stop), stop);
    }

    private async Task<StartedTerminal> Start(
        Caller caller, TerminalIntent intent, string? device, DateTime now, CancellationToken stop)
    {
        var (poll, page) = (OneTimeToken.NewLink(), OneTimeToken.NewLink());
        var hashes = (key.HashOfTerminal(poll.Reveal()), key.HashOfTerminalPage(page.Reveal()));
        var terminal = TerminalLogin.Start(caller, device, intent, hashes, now);
        var handle = intent == TerminalIntent.SignUp ? OneTimeToken.NewHandle() : null;
        if (handle is not null)
        {
            var signUp = SignUp.StartWithProvider(key.HashOfHandle(handle.Reveal()), caller.Address, now);
            db.SignUps.Add(signUp);
            await db.SaveChangesAsync(stop);
            terminal.SignUpAs(signUp);
        }

        db.TerminalLogins.Add(terminal);
        return new StartedTerminal(poll, page, terminal.PairingCode, handle);
    }
}

/// <summary>A terminal that waits.</summary>
/// <param name="Poll">What it asks with.</param>
/// <param name="Page">What stands in the address for the browser.</param>
/// <param name="PairingCode">What it shows, to be held against the page.</param>
/// <param name="SignUp">The handle of the sign-up; null for a login.</param>
public sealed record StartedTerminal(Secret Poll, Secret Page, string PairingCode, Secret? SignUp);
