using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Features.Tokens;

/// <summary>
/// Changes the key that signs tokens. The next one is published before it signs, and one that signs no more stays until
/// the last token it signed has expired, so nobody notices; unless every token has to die, which is at once.
/// </summary>
public sealed class RotateTokenKeys(Db db, TokenKeys keys, Settings settings)
{
    /// <summary>Refuses everybody but the server and its operator, with <see cref="Reason.NotFound"/>.</summary>
    public async Task<Outcome<Done>> Run(Caller caller, KeyRotation rotation, CancellationToken stop)
    {
        if (caller != Caller.Server && caller != Caller.Operator) return Reason.NotFound;
        return await db.Write(() => Rotate(rotation, stop), stop);
    }

    private async Task<Outcome<Done>> Rotate(KeyRotation rotation, CancellationToken stop)
    {
        await keys.EnsureFirst(stop);
        await (rotation switch
        {
            KeyRotation.WhenDue => keys.PublishNextWhenDue(stop),
            KeyRotation.Next => keys.PublishNext(settings.Tokens.PublishAhead, stop),
            KeyRotation.AtOnce => Replace(stop),
        });
        await keys.RemovePassed(stop);
        return Done.It;
    }

    private async Task Replace(CancellationToken stop) =>
        await keys.RemoveAllBut(await keys.PublishNext(TimeSpan.Zero, stop), stop);
}

/// <summary>How to change the key that signs tokens.</summary>
public enum KeyRotation
{
    /// <summary>Only if its time has come.</summary>
    WhenDue,

    /// <summary>The next key is published now and signs after the usual while.</summary>
    Next,

    /// <summary>A new key signs from now on, and every token there is ends.</summary>
    AtOnce,
}
