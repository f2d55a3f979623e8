using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Features.ServiceKeys;

/// <summary>Makes a key by which the platform reports what runs; for the operator alone.</summary>
public sealed class CreateServiceKey(Db db, MasterKey key, TimeProvider clock)
{
    private const int LongestName = 64;

    /// <summary>
    /// The key, to be shown this once. Refuses with <see cref="Reason.InvalidFormat"/> (letters, digits, hyphen,
    /// underscore and dot, at most 64), <see cref="Reason.Taken"/>, or <see cref="Reason.NotFound"/> to everybody else.
    /// </summary>
    public async Task<Outcome<Secret>> Run(Caller caller, string name, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        var isPlain = name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        if (!isPlain || name.Length is 0 or > LongestName)
            return new Refusal(Reason.InvalidFormat, Field.ServiceKeyName);
        var (text, now) = (ServiceKeyText.Generate(), clock.UtcNow());
        try
        {
            return await db.Write(
                () =>
                {
                    db.ServiceKeys.Add(new ServiceKey
                    {
                        Id = Guid.CreateVersion7(now),
                        Name = name,
                        Hash = key.HashOfService(text),
                        CreatedAt = now,
                    });
                    return Task.FromResult<Outcome<Secret>>(text);
                },
                stop);
        }
        catch (Exception taken) when (db.IsTaken(taken))
        {
            return new Refusal(Reason.Taken, Field.ServiceKeyName);
        }
    }
}
