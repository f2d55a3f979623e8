using Gatehouse.Data;
using Gatehouse.Domain;

namespace Gatehouse.Features.Apps;

/// <summary>Tells what was done to an app: to its owner's audit log, and to all who may see the app.</summary>
internal static class AppTrail
{
    /// <summary>In the transaction of the change that is told.</summary>
    public static async Task Tell(
        this Db db, Caller caller, TakenApp taken, AppChange change, CancellationToken stop)
    {
        await db.TellOwner(caller, taken, change, stop);
        db.AppEvents.Add(new AppEvent
        {
            Id = Guid.CreateVersion7(taken.Now),
            AppId = taken.App.Id,
            At = taken.Now,
            Event = change.Event,
            Detail = change.Detail,
            ActorId = taken.CallerId,
        });
    }

    /// <summary>The same where the app itself goes, and its activity with it.</summary>
    public static Task TellOwner(
        this Db db, Caller caller, TakenApp taken, AppChange change, CancellationToken stop)
    {
        // Where a collaborator sits is not the owner's to know.
        var seen = taken.CallerId == taken.App.OwnerId
            ? caller
            : caller with { Address = "", UserAgent = "collaborator" };
        var fact = new AuditFact(change.Event, change.Subject ?? $"{taken.App.Id:D}", caller.Key?.KeyId);
        return db.Append(seen, taken.App.OwnerId, fact, taken.Now, stop);
    }
}

/// <summary>What was done to an app.</summary>
/// <param name="Event">One of <see cref="AuditEvent"/>.</param>
/// <param name="Detail">What in a word or two, for those who may see the app; never a secret.</param>
/// <param name="Subject">The id of what it was done to; the app itself where it is missing.</param>
internal sealed record AppChange(string Event, string Detail = "", string? Subject = null);
