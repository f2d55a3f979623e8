using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>What belongs to a <c>state</c>, at both ends of the way.</summary>
internal static class VisitPassage
{
    public static Passage PassageOf(this MasterKey key, Secret state) =>
        new(state, key.NonceOf(state.Reveal()), key.VerifierOf(state.Reveal()));
}
