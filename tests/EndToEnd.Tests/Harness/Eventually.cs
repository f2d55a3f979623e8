using System.Diagnostics;

namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>Waits for something that another process does: the only place of the suite that waits by time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a test waits when it says nothing else: far more than anything takes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Asks until the answer is not null.</summary>
    /// <exception cref="TimeoutException">No answer in time; the message is <paramref name="complaint"/>'s.</exception>
    public static async Task<T> Get<T>(Func<Task<T?>> ask, Func<string> complaint, TimeSpan? within = null)
        where T : class
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await ask() is { } answer)
                return answer;
            if (Stopwatch.GetElapsedTime(started) > (within ?? Patience))
                throw new TimeoutException(complaint());
            await Task.Delay(Pause, TimeProvider.System, Xunit.TestContext.Current.CancellationToken);
        }
    }

    /// <inheritdoc cref="Get{T}(Func{Task{T}}, Func{string}, TimeSpan?)"/>
    public static Task<T> Get<T>(Func<T?> ask, Func<string> complaint, TimeSpan? within = null)
        where T : class =>
        Get(() => Task.FromResult(ask()), complaint, within);

    /// <summary>Waits until the condition holds.</summary>
    public static Task Holds(Func<bool> condition, Func<string> complaint, TimeSpan? within = null) =>
        Get(() => condition() ? "yes" : null, complaint, within);
}
