using Gatehouse.Features.Apps;
using Microsoft.AspNetCore.Components;

namespace Gatehouse.WebConsole.Shared;

/// <summary>What the pages of one app share: which one, and that it is there for nobody else.</summary>
public abstract class AppPage : AccountPage
{
    /// <summary>From the address.</summary>
    [Parameter]
    public string? Name { get; set; }

    [Inject]
    private ShowApp ShowApp { get; set; } = null!;

    /// <summary>The app; null when there is none of that name for the caller.</summary>
    protected FoundApp? Found { get; private set; }

    protected string Here => $"/apps/{Found?.App.Name}";

    protected sealed override async Task Load()
    {
        if (Takes(await ShowApp.Run(Caller, Name, Stop), out var found)) Found = found;
        if (Found is not null) await LoadPart();
    }

    /// <summary>Reads the part of the app that the page shows.</summary>
    protected virtual Task LoadPart() => Task.CompletedTask;
}
