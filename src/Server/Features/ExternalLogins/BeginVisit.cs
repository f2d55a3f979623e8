using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>Sends a browser to the OpenID provider, with what ties the two ends of the way together.</summary>
public sealed class BeginVisit(Db db, OpenIdProvider provider, VisitLimits limits, MasterKey key, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotOffered"/>, <see cref="Reason.ProviderUnavailable"/> or <see
    /// cref="Reason.TooManyAttempts"/>.
    /// </summary>
    public async Task<Outcome<BegunVisit>> Run(Caller caller, VisitPlan plan, CancellationToken stop)
    {
        var (state, browser, now) = (OneTimeToken.NewLink(), OneTimeToken.NewLink(), clock.UtcNow());
        if (!provider.IsOffered) return new Refusal(Reason.NotOffered, Field.OAuth);
        // Before the provider is asked anything: nobody makes us ask without end.
        if ((await db.Write(() => limits.Take(caller, stop), stop)).Refusal is { } tooMany) return tooMany;
        if (!(await provider.AddressFor(key.PassageOf(state), stop)).Is(out var address, out var refusal))
            return refusal;
        var hashes = (key.HashOfState(state.Reveal()), key.HashOfVisitor(browser.Reveal()));
        await db.Write(
            () => Task.FromResult(db.ProviderVisits.Add(ProviderVisit.Begin(plan, hashes, now))), stop);
        return new BegunVisit(address, browser);
    }
}

/// <summary>A visit that begins.</summary>
/// <param name="Address">Of the provider, for this visit alone.</param>
/// <param name="Browser">What the browser keeps, to be known by when it comes back.</param>
public sealed record BegunVisit(Uri Address, Secret Browser);
