using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>How long a full login stands for the password itself.</summary>
public sealed class FreshLogins(Settings settings, TimeProvider clock)
{
    /// <summary>Says whether what was presented was made by a full login of the last minutes.</summary>
    public bool Is(Caller caller) =>
        caller.LoggedInAt is { } at && at > clock.UtcNow() - TimeSpan.FromMinutes(settings.Accounts.StepUpMinutes);
}
