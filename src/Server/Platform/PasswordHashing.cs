using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gatehouse.Domain;
using NSec.Cryptography;

namespace Gatehouse.Platform;

/// <summary>
/// Argon2id (RFC 9106) through libsodium, stored in PHC form. At most as many hashes run at once as there are cores; a
/// bounded number waits for a bounded time; whoever comes after that is told to come back.
/// </summary>
public sealed class PasswordHashing : IDisposable
{
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    private readonly SemaphoreSlim cores = new(Environment.ProcessorCount);
    private readonly HashingSettings settings;
    private readonly TimeProvider clock;
    private readonly string dummy;
    private int waiting;
    private long computed;
    private long refused;
    private long waitedTicks;

    public PasswordHashing(Settings settings, TimeProvider clock)
    {
        (this.settings, this.clock) = (settings.Accounts.Hashing, clock);
        // Nobody's password: random, and forgotten right here.
        dummy = Compute(new Secret(Convert.ToHexString(RandomNumberGenerator.GetBytes(HashBytes))));
    }

    /// <summary>How many hashes were computed since the start.</summary>
    public long Computed => Interlocked.Read(ref computed);

    /// <summary>How many requests wait for a core.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>How many requests were told to come back since the start.</summary>
    public long Refused => Interlocked.Read(ref refused);

    /// <summary>How long requests waited for a core since the start, all together.</summary>
    public TimeSpan Waited => TimeSpan.FromTicks(Interlocked.Read(ref waitedTicks));

    /// <summary>Hashes a new password; refuses with <see cref="Reason.Busy"/>.</summary>
    public Task<Outcome<string>> Hash(Password password, CancellationToken stop) =>
        OnACore(() => Compute(password.Text), stop);

    /// <summary>
    /// Checks a password. Without a stored hash the same work is done in vain, so that the time tells nothing. Refuses
    /// with <see cref="Reason.Busy"/>.
    /// </summary>
    public Task<Outcome<bool>> Verify(string? stored, Password password, CancellationToken stop) =>
        OnACore(() => Matches(stored ?? dummy, password.Text) && stored is not null, stop);

    /// <summary>
    /// What <see cref="Reason.Busy"/> says, when it would be said now: whoever cannot be served is told before anything
    /// was asked of the database. Null while there is room.
    /// </summary>
    public Refusal? Crowded() => Waiting >= Most ? Busy() : null;

    /// <summary>Says whether a stored hash was made with other parameters than today's.</summary>
    public bool IsOutdated(string stored) => !stored.StartsWith(Header(settings), StringComparison.Ordinal);

    public void Dispose() => cores.Dispose();

    private int Most => settings.Queue + Environment.ProcessorCount;

    private async Task<Outcome<T>> OnACore<T>(Func<T> work, CancellationToken stop)
    {
        if (Interlocked.Increment(ref waiting) > Most) return Leave<T>();
        var since = clock.GetTimestamp();
        using var patience = new CancellationTokenSource(settings.Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            await cores.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Leave<T>();
        }
        catch (OperationCanceledException)
        {
            // Whoever hung up waits no more: a queue that counted them would be full of nobody.
            Interlocked.Decrement(ref waiting);
            throw;
        }

        Interlocked.Add(ref waitedTicks, clock.GetElapsedTime(since).Ticks);

        try
        {
            // On a thread of its own: those of the pool answer everybody else meanwhile.
            return await Task.Factory.StartNew(
                work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
            cores.Release();
        }
    }

    private Outcome<T> Leave<T>()
    {
        Interlocked.Decrement(ref waiting);
        return Busy();
    }

    private Refusal Busy()
    {
        Interlocked.Increment(ref refused);
        return new Refusal(Reason.Busy, RetryAfter: settings.Patience);
    }

    private string Compute(Secret password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Argon2(settings.MemoryKiB, settings.Passes, password, salt);
        return $"{Header(settings)}{Unpadded(salt)}${Unpadded(hash)}";
    }

    private bool Matches(string stored, Secret password)
    {
        var parts = stored.Split('$');
        var parameters = parts[3].Split(',').Select(p => int.Parse(p[2..], CultureInfo.InvariantCulture)).ToArray();
        var hash = Argon2(parameters[0], parameters[1], password, Padded(parts[4]));
        return CryptographicOperations.FixedTimeEquals(hash, Padded(parts[5]));
    }

    private byte[] Argon2(int memoryKiB, int passes, Secret password, byte[] salt)
    {
        var algorithm = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters
        {
            DegreeOfParallelism = 1,
            MemorySize = memoryKiB,
            NumberOfPasses = passes,
        });
        Interlocked.Increment(ref computed);
        return algorithm.DeriveBytes(Encoding.UTF8.GetBytes(password.Reveal()), salt, HashBytes);
    }

    /// <summary>The PHC string up to the salt: algorithm, version 1.3, parameters.</summary>
    private static string Header(HashingSettings settings) =>
        string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={settings.MemoryKiB},t={settings.Passes},p=1$");

    private static string Unpadded(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[] Padded(string text) =>
        Convert.FromBase64String(text + new string('=', (4 - text.Length % 4) % 4));
}
