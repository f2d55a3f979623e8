using Gatehouse.Domain;
using Gatehouse.Features.ExternalLogins;
using Microsoft.AspNetCore.Components;

namespace Gatehouse.WebConsole.ExternalLogins;

/// <summary>What the questions between Google and the login share: whose turn it is, and how a form ends.</summary>
public abstract class VisitPage : ComponentBase
{
    [CascadingParameter]
    protected HttpContext Http { get; set; } = null!;

    [Inject]
    private Visits Visits { get; set; } = null!;

    [Inject]
    private ShowVisit ShowVisit { get; set; } = null!;

    /// <summary>The visit that the page showed when its form was filled in.</summary>
    [SupplyParameterFromForm(Name = "visit")]
    protected string? ShownVisit { get; set; }

    /// <summary>What this page asks for.</summary>
    protected abstract VisitStage Stage { get; }

    /// <summary>The visit; null when there is none that waits for this page.</summary>
    protected VisitView? View { get; private set; }

    /// <summary>Why the form was refused; null when it was not.</summary>
    protected Refusal? Refusal { get; private set; }

    /// <summary>From where its form comes.</summary>
    protected VisitAnswer Answer => new(Visits.Browser(Http), ShownVisit);

    protected CancellationToken Stop => Http.RequestAborted;

    /// <summary>Reads first and renders then.</summary>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        var shown = await ShowVisit.Run(Visits.Browser(Http), Stage, Stop);
        if (shown.Is(out var view, out _)) View = view;
        else Http.Response.StatusCode = StatusCodes.Status410Gone;
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Leads to the next step, or says why not.</summary>
    protected async Task Go(Outcome<Arrival> outcome)
    {
        if (Takes(outcome, out var arrival)) await Visits.LeadOn(Http, arrival);
    }

    /// <summary>Hands out what was done; says why not where it was refused.</summary>
    protected bool Takes<T>(Outcome<T> outcome, out T value)
    {
        if (outcome.Is(out value, out var refusal)) return true;
        if (refusal is { Reason: Reason.InvalidToken, Field: Field.OAuth }) View = null;
        Refusal = refusal;
        Http.Refuse(refusal);
        return false;
    }

    /// <summary>The visit is over.</summary>
    protected void Forget() => Visits.Forget(Http);
}
