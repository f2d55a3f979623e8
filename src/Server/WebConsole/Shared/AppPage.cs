using Gatehouse.Features.Apps;
using Microsoft.AspNetCore.Components;

namespace Gatehouse.WebConsole.Shared;

/// <summary>What the pages of one app share: which one. That it is there for nobody else, AppGate sees to.</summary>
public abstract class AppPage : AccountPage
{
    /// <summary>From the address.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>The app.</summary>
    protected FoundApp Found => Http.Features.Get<FoundApp>()!;

    protected string Here => $"/apps/{Found.App.Name}";

    protected sealed override Task Load() => LoadPart();

    /// <summary>Reads the part of the app that the page shows.</summary>
    protected virtual Task LoadPart() => Task.CompletedTask;
}
