using System.Collections.Concurrent;

namespace Gatehouse.Gateways;

/// <summary>What goes wrong at the sandbox because a test asked for it: each fault happens once.</summary>
public sealed class SandboxFaults
{
    private readonly ConcurrentQueue<SandboxFault> planned = new();

    /// <summary>Lets one of the next requests fail like this.</summary>
    public void Plan(SandboxFault fault) => planned.Enqueue(fault);

    internal SandboxFault? Next() => planned.TryDequeue(out var fault) ? fault : null;
}

/// <summary>A way to fail. From none of them may be concluded what happened.</summary>
public enum SandboxFault
{
    /// <summary>The request never arrives.</summary>
    Dropped,

    /// <summary>The provider fails before it did anything (500).</summary>
    ServerError,

    /// <summary>All is done, and the answer never arrives.</summary>
    TimeOutAfterSuccess,
}
