using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>How many codes of the second factor may be tried.</summary>
public sealed class FactorLimits(RateLimits limits, Settings settings)
{
    private static readonly TimeSpan QuarterHour = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <summary>
    /// Counts one code of the app. Refuses with <see cref="Reason.FactorClosed"/> when all are used up, which no right
    /// code undoes, or with <see cref="Reason.TooManyAttempts"/> for the moment.
    /// </summary>
    public async Task<Outcome<Done>> TakeCode(Guid accountId, CancellationToken stop)
    {
        if (await limits.IsReached(Cap(accountId), stop)) return new Refusal(Reason.FactorClosed, Field.MfaToken);
        return await limits.Take([Codes(accountId), Cap(accountId)], stop);
    }

    /// <summary>Counts one recovery code; refuses with <see cref="Reason.TooManyAttempts"/>.</summary>
    public Task<Outcome<Done>> TakeRecoveryCode(Guid accountId, CancellationToken stop) =>
        limits.Take([RecoveryCodes(accountId)], stop);

    /// <summary>The code was right: this one does not count, and the short limit starts over.</summary>
    public Task Succeed(Guid accountId, CancellationToken stop) =>
        limits.Settle([Codes(accountId)], [Cap(accountId)], stop);

    /// <summary>A recovery code was right, or the factor is a new one: everything starts over.</summary>
    public Task StartOver(Guid accountId, CancellationToken stop) =>
        limits.Reset([Codes(accountId), Cap(accountId), RecoveryCodes(accountId)], stop);

    private Limit Codes(Guid id) => new("factor-codes", id.ToString("D"), settings.Limits.FactorTries, QuarterHour);

    private Limit Cap(Guid id) => new("factor-in-a-row", id.ToString("D"), settings.Limits.FactorInARow, Year);

    private Limit RecoveryCodes(Guid id) =>
        new("recovery-codes", id.ToString("D"), settings.Limits.RecoveryCodeTries, Hour);
}
