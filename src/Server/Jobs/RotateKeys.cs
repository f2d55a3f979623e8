using Gatehouse.Domain;
using Gatehouse.Features.Tokens;

namespace Gatehouse.Jobs;

/// <summary>Changes the key that signs tokens when its time has come.</summary>
public sealed class RotateKeys(RotateTokenKeys rotate) : IJob
{
    public Task Run(CancellationToken stop) => rotate.Run(Caller.Server, KeyRotation.WhenDue, stop);
}
