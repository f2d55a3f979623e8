using Gatehouse.Domain;
using Gatehouse.Features.ServiceKeys;

namespace Gatehouse.Commands;

/// <summary>The operator's verbs about keys by which the platform reports.</summary>
internal static class AdminServiceKeys
{
    private const int Mistaken = 2;

    /// <summary><c>admin service_key:create NAME</c>.</summary>
    public static async Task<int> Create(AdminCall call)
    {
        var name = call.Word(0);
        var made = await call.Ask<CreateServiceKey>().Run(Caller.Operator, name, CancellationToken.None);
        if (made.Is(out var key, out var refusal)) return call.Show(new { Name = name, Key = key.Reveal() });
        if (refusal.Reason == Reason.Taken) return call.Fail($"There is a service key {name} already.");
        call.Fail($"{name} is no name: at most 64 letters, digits, dots, hyphens and underscores.");
        return Mistaken;
    }

    /// <summary><c>admin service_key:list</c>.</summary>
    public static async Task<int> List(AdminCall call)
    {
        var listed = await call.Ask<ListServiceKeys>().Run(Caller.Operator, CancellationToken.None);
        return listed.Match(
            keys => call.Show(keys.Select(key => new { key.Name, key.CreatedAt, key.LastUsedAt })),
            refusal => call.Fail($"{refusal.Reason}"));
    }

    /// <summary><c>admin service_key:revoke NAME</c>.</summary>
    public static async Task<int> Revoke(AdminCall call)
    {
        var revoked = await call.Ask<RevokeServiceKey>().Run(Caller.Operator, call.Word(0), CancellationToken.None);
        return revoked.Match(
            _ => call.Say($"{call.Word(0)} opens nothing any more."),
            _ => call.Fail($"There is no service key {call.Word(0)}."));
    }
}
