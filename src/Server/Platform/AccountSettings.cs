using System.ComponentModel;

namespace Gatehouse.Platform;

/// <summary>Passwords, and how accounts are kept and closed.</summary>
public sealed record AccountSettings
{
    [Description("Fewest characters of a password. 15 is recommended where no second factor is required.")]
    public int PasswordMinimum { get; init; } = 8;

    [Description("Address of a list of passwords that were stolen elsewhere, asked as Pwned Passwords is: "
        + "`https://api.pwnedpasswords.com/range/`. It learns five hexadecimal digits of a hash, and not whose. New "
        + "passwords that it knows are refused; when it does not answer within a second, nobody is held up. "
        + "Empty: not asked.")]
    public string BreachedPasswordsUrl { get; init; } = "";

    [Description("Days in which a closed account can be brought back; then everything personal is erased.")]
    public int ClosingGraceDays { get; init; } = 14;

    [Description("Minutes after a full login in which sensitive changes need no password.")]
    public int StepUpMinutes { get; init; } = 10;

    [Description("Whether `/v2` lets only confirmed accounts log in. Otherwise unconfirmed ones may, to do nothing "
        + "that costs or spends.")]
    public bool ConfirmBeforeV2Login { get; init; }

    public HashingSettings Hashing { get; init; } = new();
}

/// <summary>What one password costs, and how many wait for it.</summary>
public sealed record HashingSettings
{
    [Description("Argon2id: memory of one hash in KiB. With `Passes` one of OWASP's equal settings or more: "
        + "47104/1, 19456/2, 12288/3, 9216/4, 7168/5.")]
    public int MemoryKiB { get; init; } = 19_456;

    [Description("Argon2id: passes over the memory.")]
    public int Passes { get; init; } = 2;

    [Description("How many log-ins may wait for a core; the next one is told to come back (503).")]
    public int Queue { get; init; } = 50;

    [Description("How long a log-in may wait for a core.")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);
}
