using Gatehouse.Domain;
using Gatehouse.Features.SignUps;
using Microsoft.AspNetCore.Components;

namespace Gatehouse.WebConsole.Shared;

/// <summary>
/// What the steps of a sign-up share: the browser keeps its handle, so it goes on where it stopped, and each step is
/// shown only when it is its turn.
/// </summary>
public abstract class SignUpPage : ComponentBase
{
    [CascadingParameter]
    protected HttpContext Http { get; set; } = null!;

    [Inject]
    private ConsoleCookies Cookies { get; set; } = null!;

    [Inject]
    private ShowSignUp ShowSignUp { get; set; } = null!;

    /// <summary>Which step this page is.</summary>
    protected abstract SignUpStep Step { get; }

    /// <summary>Where the sign-up stands; null when there is none, or it is not this page's turn.</summary>
    protected SignUpProgress? Progress { get; private set; }

    /// <summary>Why the form was refused; null when it was not.</summary>
    protected Refusal? Refusal { get; private set; }

    protected string? Handle => Cookies.Read(Http, ConsoleCookies.SignUp);

    /// <summary>Reads first and renders then.</summary>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        var shown = await ShowSignUp.Run(Handle, Http.RequestAborted);
        if (!shown.Is(out var progress, out _)) Http.SeeOther("/signup");
        else if (progress.Next != Step) Http.SeeOther(PathOf(progress.Next));
        else Progress = progress;
        await Load();
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>The page of a step.</summary>
    internal static string PathOf(SignUpStep step) => step switch
    {
        SignUpStep.OAuth => "/signup",
        SignUpStep.ConfirmationCode => "/signup/code",
        SignUpStep.Password => "/signup/password",
        SignUpStep.Tier => "/signup/tier",
    };

    /// <summary>Reads what else the page shows.</summary>
    protected virtual Task Load() => Task.CompletedTask;

    /// <summary>Goes on, or says why not.</summary>
    protected bool Takes<T>(Outcome<T> outcome, out T value)
    {
        if (outcome.Is(out value, out var refusal)) return true;
        if (refusal.Field == Field.SignUp) Http.SeeOther("/signup");
        Refusal = refusal;
        Http.Refuse(refusal);
        return false;
    }

    /// <summary>Forgets the sign-up.</summary>
    protected void Forget() => Cookies.Forget(Http, ConsoleCookies.SignUp);
}
