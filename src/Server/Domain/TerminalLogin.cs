using System.Security.Cryptography;

namespace Gatehouse.Domain;

/// <summary>
/// A terminal that waits for a browser. It asks with a secret of its own, which the address it prints does not hold:
/// whoever sees that address can finish the login, and never fetch what comes of it. No key is stored here; it is made
/// at the moment in which the terminal fetches it.
/// </summary>
public sealed class TerminalLogin
{
    /// <summary>How long a terminal waits.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private const int LongestDevice = 100;
    private const int PairingCharacters = 4;

    // No vowels, so that no word comes out; nothing that looks like something else (RFC 8628 6.1).
    private const string PairingAlphabet = "BCDFGHJKLMNPQRSTVWXZ";

    private TerminalLogin()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>Keyed hash of what the terminal asks with.</summary>
    public byte[] PollHash { get; private set; } = [];

    /// <summary>Keyed hash of what stands in the address for the browser.</summary>
    public byte[] VisitHash { get; private set; } = [];

    public TerminalIntent Intent { get; private set; }

    public TerminalState State { get; private set; }

    /// <summary>Why it came to nothing; null while it did not.</summary>
    public Reason? FailedBecause { get; private set; }

    /// <summary>The sign-up that waits for an identity; null for a login.</summary>
    public Guid? SignUpId { get; private set; }

    /// <summary>The account that was granted.</summary>
    public Guid? AccountId { get; private set; }

    /// <summary>The account's <see cref="Account.Version"/> at that moment.</summary>
    public int AccountVersion { get; private set; }

    /// <summary>When the owner of the account proved to be here (UTC).</summary>
    public DateTime? GrantedAt { get; private set; }

    /// <summary>Shown in the terminal and on the page: the same in both, or it is somebody else's terminal.</summary>
    public string PairingCode { get; private set; } = "";

    /// <summary>What the machine calls itself; untrusted.</summary>
    public string Device { get; private set; } = "";

    /// <summary>Where it asks from.</summary>
    public string Address { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    public DateTime ExpiresAt { get; private set; }

    /// <summary>A terminal that begins to wait.</summary>
    public static TerminalLogin Start(
        Caller caller, string? device, TerminalIntent intent, (byte[] Poll, byte[] Visit) hashes, DateTime now) => new()
        {
            Id = Guid.CreateVersion7(now),
            PollHash = hashes.Poll,
            VisitHash = hashes.Visit,
            Intent = intent,
            State = TerminalState.Waiting,
            PairingCode = $"{PairingPart()}-{PairingPart()}",
            Device = Clean(device) ?? caller.UserAgent,
            Address = caller.Address,
            CreatedAt = now,
            ExpiresAt = now + Life,
        };

    /// <summary>Ties it to the sign-up that it is for.</summary>
    public void SignUpAs(SignUp signUp) => SignUpId = signUp.Id;

    private static string PairingPart() => RandomNumberGenerator.GetString(PairingAlphabet, PairingCharacters);

    private static string? Clean(string? device)
    {
        if (string.IsNullOrWhiteSpace(device)) return null;
        var clean = string.Concat(device.Trim().Where(c => c is >= ' ' and <= '~'));
        if (clean == "") return null;
        return clean.Length > LongestDevice ? clean[..LongestDevice] : clean;
    }
}

/// <summary>What a terminal waits for.</summary>
public enum TerminalIntent
{
    /// <summary>A key of an account that there is.</summary>
    LogIn,

    /// <summary>A proven address, for a sign-up that goes on in the terminal.</summary>
    SignUp,

    /// <summary>A key of a new account, made in one step, as clients before 1.14 expect it.</summary>
    SignUpAtOnce,
}

/// <summary>How far it is.</summary>
public enum TerminalState
{
    Waiting,
    Granted,
    Failed,
}
