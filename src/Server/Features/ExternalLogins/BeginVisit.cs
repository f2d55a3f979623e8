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
        if (!(await provider.AddressFor(key.PassageOf(state), stop)).Is(out var address, out var refusal))
            return refusal;
        return await db.Write<Outcome<BegunVisit>>(
            async () =>
            {
                if ((await limits.Take(caller, stop)).Refusal is { } tooMany) return tooMany;
                var hashes = (key.HashOfState(state.Reveal()), key.HashOfVisitor(browser.Reveal()));
                db.ProviderVisits.Add(ProviderVisit.Begin(plan, hashes, now));
                return new BegunVisit(address, browser);
            },
            stop);
    }
}

/// <summary>A visit that begins.</summary>
/// <param name="Address">Of the provider, for this visit alone.</param>
/// <param name="Browser">What the browser keeps, to be known by when it comes back.</param>
public sealed record BegunVisit(Uri Address, Secret Browser);
