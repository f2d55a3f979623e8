using System.Collections.Concurrent;

namespace Gatehouse.Gateways;

/// <summary>What goes wrong at the sandbox because a test asked for it: each fault happens once.</summary>
public sealed class SandboxFaults
{
    private readonly ConcurrentQueue<SandboxFault> planned = new();
    private readonly ConcurrentQueue<Func<Task>> meanwhile = new();

    /// <summary>Lets one of the next requests fail like this.</summary>
    public void Plan(SandboxFault fault) => planned.Enqueue(fault);

    /// <summary>Lets something happen while the answer to the next request is on its way.</summary>
    public void Meanwhile(Func<Task> happening) => meanwhile.Enqueue(happening);

    internal Task Travel() => meanwhile.TryDequeue(out var happening) ? happening() : Task.CompletedTask;

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
