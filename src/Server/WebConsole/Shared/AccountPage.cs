using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.Sessions;
using Gatehouse.Platform;
using Microsoft.AspNetCore.Components;

namespace Gatehouse.WebConsole.Shared;

/// <summary>What the pages of an account share: whose it is, what proves it in a form, how a form ends.</summary>
[Private, Layout(typeof(AccountLayout))]
public abstract class AccountPage : ComponentBase
{
    [CascadingParameter]
    protected HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(Name = "current_password")]
    protected string? CurrentPassword { get; set; }

    [SupplyParameterFromForm(Name = "mfa_token")]
    protected string? MfaToken { get; set; }

    /// <summary>What was just done, after a redirect; a name that the page knows.</summary>
    [SupplyParameterFromQuery(Name = "done")]
    protected string? DoneName { get; set; }

    /// <summary>Why the form was refused; null when it was not.</summary>
    protected Refusal? Refusal { get; private set; }

    protected Caller Caller => Http.Caller();

    protected EnteredAccount Current => Http.Current()!;

    protected Proof Proof => new(CurrentPassword, MfaToken);

    protected CancellationToken Stop => Http.RequestAborted;

    /// <summary>Reads first and renders then: no page of an account is ever shown half.</summary>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await Load();
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Reads what the page shows.</summary>
    protected virtual Task Load() => Task.CompletedTask;

    /// <summary>Ends a form that was done with another page, and shows one that was refused again.</summary>
    protected void End<T>(Outcome<T> outcome, string then)
    {
        if (Takes(outcome, out _)) Http.SeeOther(then);
    }

    /// <summary>Hands out what was done; says why not where it was refused.</summary>
    protected bool Takes<T>(Outcome<T> outcome, out T value)
    {
        if (outcome.Is(out value, out var refusal)) return true;
        Refuse(refusal);
        return false;
    }

    /// <summary>Refuses, with the status that goes with it.</summary>
    protected void Refuse(Refusal refusal)
    {
        Refusal = refusal;
        Http.Refuse(refusal);
    }

    /// <summary>What a page cannot be shown without: the owner is logged in, so nothing refuses it.</summary>
    protected static T Shown<T>(Outcome<T> outcome) =>
        outcome.Match(value => value, refusal => throw new InvalidOperationException($"{refusal.Reason}"));
}
