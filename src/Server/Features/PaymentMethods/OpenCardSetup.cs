using Gatehouse.Domain;
using Gatehouse.Features.Credentials;

namespace Gatehouse.Features.PaymentMethods;

/// <summary>
/// A page on which the caller's account gets another card. The step-up happens here; whoever has the page's address,
/// which nobody can guess, may enter the card.
/// </summary>
public sealed class OpenCardSetup(RequireStepUp stepUp, BeginCardSetup begin)
{
    /// <summary>Refuses what <see cref="RequireStepUp"/> and <see cref="BeginCardSetup"/> refuse.</summary>
    public async Task<Outcome<OpenedCardSetup>> Run(Caller caller, Proof proof, CancellationToken stop) =>
        (await stepUp.Run(caller, proof, stop)).Is(out var account, out var refusal)
            ? await begin.Run(account.Id, stop)
            : refusal;
}
