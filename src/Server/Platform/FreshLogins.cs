using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>How long a full login stands for the password itself.</summary>
public sealed class FreshLogins(Settings settings, TimeProvider clock)
{
    /// <summary>Says whether a key was made by a full login of the last minutes.</summary>
    public bool Is(PresentedKey key) =>
        key.LoggedInAt is { } at && at > clock.UtcNow() - TimeSpan.FromMinutes(settings.Accounts.StepUpMinutes);
}
