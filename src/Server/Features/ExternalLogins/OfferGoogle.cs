using Gatehouse.Domain;
using Gatehouse.Gateways;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>Whether one can log in with Google here: buttons and commands are shown where one can.</summary>
public sealed class OfferGoogle(OpenIdProvider provider)
{
    /// <summary>Done when one can. Refuses with <see cref="Reason.NotOffered"/>.</summary>
    public Outcome<Done> Run() => provider.IsOffered ? Done.It : new Refusal(Reason.NotOffered, Field.OAuth);
}
