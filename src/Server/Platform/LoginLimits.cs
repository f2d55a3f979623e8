using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>
/// How many passwords may be tried. Nobody can lock an account's owner out: a network that the account logged in from
/// before has a budget of its own, whatever strangers do elsewhere.
/// </summary>
public sealed class LoginLimits(
    RateLimits limits, Settings settings, Telemetry telemetry, ILogger<LoginLimits> log)
{
    private const string KnownNetwork = "known-network";
    private const string KnownDevice = "known-device";
    private const string PerAccount = "passwords-account";
    private const string Everywhere = "passwords-everywhere";
    private static readonly TimeSpan QuarterHour = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(90);

    /// <summary>
    /// Counts one attempt, before anything is compared. <paramref name="subject"/> is the account's id, or the
    /// identifier as typed where there is no account, so that every spelling of one account counts together. Refuses
    /// with <see cref="Reason.TooManyAttempts"/> for a while, or with <see cref="Reason.PasswordClosed"/> until the
    /// password is reset.
    /// </summary>
    public async Task<Outcome<LoginAttempt>> Take(Caller caller, string subject, CancellationToken stop)
    {
        var known = await limits.Remembers(KnownNetwork, At(subject, caller), stop);
        var attempt = new LoginAttempt(
            Own: [.. OwnLimits(caller, subject, known)],
            Shared: [.. SharedLimits(caller, subject, known)],
            known);
        var taken = await limits.Take(attempt.Own.Concat(attempt.Shared), stop);
        if (taken.Refusal is not { } refusal) return attempt;
        telemetry.NotePassword(PasswordOutcome.Limited);
        log.LogWarning("login.limited: {Network} has to wait {Wait}", caller.Network, refusal.RetryAfter);
        await AlertOfSpraying(stop);
        return await limits.IsReached(InARow(subject), stop) ? new Refusal(Reason.PasswordClosed) : refusal;
    }

    /// <summary>
    /// A log-in without a password, of which there is nothing to count: when it succeeds, the wrong passwords of its
    /// owner are forgotten all the same.
    /// </summary>
    public async Task<LoginAttempt> Recognise(Caller caller, string subject, CancellationToken stop)
    {
        var known = await limits.Remembers(KnownNetwork, At(subject, caller), stop);
        return new LoginAttempt([.. OwnLimits(caller, subject, known)], Shared: [], known);
    }

    /// <summary>The password was right: its wrong ones are forgotten, and this attempt was none.</summary>
    public async Task Succeed(
        Caller caller, string subject, LoginAttempt attempt, string? device, CancellationToken stop)
    {
        await limits.Settle(attempt.Own, attempt.Shared, stop);
        await Know(caller, subject, device, stop);
    }

    /// <summary>
    /// Says whether the account was logged in to from such a device before: by the name that it gives itself, else by
    /// the kind of client. Several machines may be behind one network.
    /// </summary>
    public Task<bool> KnowsDevice(Caller caller, string subject, string? device, CancellationToken stop) =>
        limits.Remembers(KnownDevice, With(subject, caller, device), stop);

    /// <summary>
    /// The account's owner was proven to be here, with this device: strangers elsewhere cannot use up this budget.
    /// </summary>
    public async Task Know(Caller caller, string subject, string? device, CancellationToken stop)
    {
        await limits.Remember(KnownDevice, With(subject, caller, device), KnownFor, stop);
        await limits.Remember(KnownNetwork, At(subject, caller), KnownFor, stop);
    }

    /// <summary>A new password: what was guessed of the old one counts no more.</summary>
    public Task StartOver(string subject, CancellationToken stop) =>
        limits.Reset([InARow(subject), new Limit(PerAccount, subject, 0, default)], stop);

    /// <summary>Nothing was compared after all.</summary>
    public Task GiveBack(LoginAttempt attempt, CancellationToken stop) =>
        limits.GiveBack(attempt.Own.Concat(attempt.Shared), stop);

    /// <summary>Somebody tries many accounts from many places: the operator is told, once an hour.</summary>
    private async Task AlertOfSpraying(CancellationToken stop)
    {
        if (!await limits.IsReached(FromEverywhere(""), stop)) return;
        var alert = await limits.Take([new Limit("alert-passwords-everywhere", "", Most: 1, Hour)], stop);
        if (alert.Refusal is not null) return;
        telemetry.NoteSpraying();
        log.LogCritical(
            "login.alert: {Most} wrong passwords in an hour; logins from networks that their accounts do not know wait",
            settings.Limits.FailuresInAnHour);
    }

    private IEnumerable<Limit> OwnLimits(Caller caller, string subject, bool known)
    {
        var (set, place) = (settings.Limits, At(subject, caller));
        yield return new Limit("passwords-network", place, set.PasswordPerNetwork, QuarterHour, FirstPause);
        yield return new Limit(PerAccount, known ? place : subject, set.PasswordPerAccount, QuarterHour);
    }

    private IEnumerable<Limit> SharedLimits(Caller caller, string subject, bool known)
    {
        var set = settings.Limits;
        yield return InARow(subject);
        yield return new Limit(
            "passwords-host-5m", caller.Host, set.FailuresPerAddressIn5Minutes, TimeSpan.FromMinutes(5));
        yield return new Limit("passwords-host-1h", caller.Host, set.FailuresPerAddressInAnHour, Hour);
        yield return new Limit("passwords-net-1h", caller.Network, set.FailuresPerNetworkInAnHour, Hour);
        // A known network counts by itself, so that it counts as many rows and the time tells nothing.
        yield return FromEverywhere(known ? At(subject, caller) : "");
    }

    private Limit FromEverywhere(string place) => new(Everywhere, place, settings.Limits.FailuresInAnHour, Hour);

    private Limit InARow(string subject) => new("passwords-in-a-row", subject, settings.Limits.PasswordInARow, Year);

    private static string With(string subject, Caller caller, string? device) =>
        $"{subject} with {(string.IsNullOrWhiteSpace(device) ? caller.Client : device)}";

    private static string At(string subject, Caller caller) => $"{subject} at {caller.Network}";
}

/// <summary>An attempt that was counted.</summary>
/// <param name="Own">The account's own limits, which a right password forgets.</param>
/// <param name="Shared">The limits that others count on as well, where a right password is only taken back.</param>
/// <param name="FromKnownNetwork">True where the account logged in from before.</param>
public sealed record LoginAttempt(
    IReadOnlyList<Limit> Own, IReadOnlyList<Limit> Shared, bool FromKnownNetwork);
