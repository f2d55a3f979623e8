using Gatehouse.Domain;
using Gatehouse.Features.Accounts;
using Gatehouse.Features.Audit;
using Gatehouse.Features.Tokens;

namespace Gatehouse.Commands;

/// <summary>The operator's verbs about the audit log, the keys of tokens, and everybody's access.</summary>
internal static class AdminKeys
{
    /// <summary><c>admin audit:verify [WHO]</c>.</summary>
    public static async Task<int> VerifyAudit(AdminCall call)
    {
        var verify = call.Ask<VerifyAudit>();
        var (entries, faults) = await verify.Run(Caller.Operator, call.Word(0), CancellationToken.None);
        foreach (var fault in faults) call.Fail(fault);
        call.Say($"{entries} entries checked, {faults.Count} do not fit.");
        return faults.Count == 0 ? 0 : 1;
    }

    /// <summary><c>admin access:revoke-all --reason TEXT</c>.</summary>
    public static async Task<int> RevokeAll(AdminCall call)
    {
        var revoked = await call.Ask<RevokeAllAccess>()
            .Run(Caller.Operator, call.Option("reason"), CancellationToken.None);
        return revoked.Match(
            count => call.Say($"Every key, login and open link of {count} accounts has ended."),
            _ => call.Fail("admin access:revoke-all needs --reason: people read it in their activity."));
    }

    /// <summary><c>admin keys:rotate [now]</c>.</summary>
    public static async Task<int> Rotate(AdminCall call)
    {
        var when = call.Word(0);
        if (when is not ("" or "now")) return call.Fail($"admin keys:rotate takes nothing or now, not {when}.");
        var rotation = when == "now" ? KeyRotation.AtOnce : KeyRotation.Next;
        await call.Ask<RotateTokenKeys>().Run(Caller.Operator, rotation, CancellationToken.None);
        return call.Say(when == "now" ? "A new key signs from now on." : "The next key is published.");
    }
}
