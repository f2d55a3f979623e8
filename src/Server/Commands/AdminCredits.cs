using Gatehouse.Domain;
using Gatehouse.Features.Credits;
using Gatehouse.Features.Ledger;
using Gatehouse.Platform;

namespace Gatehouse.Commands;

/// <summary>The operator's verbs about credits and the books.</summary>
internal static class AdminCredits
{
    /// <summary><c>admin credit:grant WHO AMOUNT --reason TEXT [--expires DATE]</c>.</summary>
    public static async Task<int> Grant(AdminCall call)
    {
        if (AdminCall.Amount(call.Word(1)) is not { } amount) return call.Fail(NoAmount(call));
        var expires = call.Option("expires");
        if (expires is not null && AdminCall.Moment(expires) is null) return call.Fail($"{expires} is no date.");
        var gift = new GiftOfCredits(
            call.Word(0), amount, expires is null ? null : AdminCall.Moment(expires), call.Option("reason") ?? "");
        return Tell(call, await call.Ask<GiveCredits>().Run(Caller.Operator, gift, CancellationToken.None));
    }

    /// <summary><c>admin credit:take WHO AMOUNT --reason TEXT</c>.</summary>
    public static async Task<int> Take(AdminCall call)
    {
        if (AdminCall.Amount(call.Word(1)) is not { } amount) return call.Fail(NoAmount(call));
        var gift = new GiftOfCredits(call.Word(0), amount, ExpiresAt: null, call.Option("reason") ?? "");
        return Tell(call, await call.Ask<TakeCredits>().Run(Caller.Operator, gift, CancellationToken.None));
    }

    /// <summary><c>admin ledger:verify</c>.</summary>
    public static async Task<int> Verify(AdminCall call)
    {
        var (postings, faults) = await call.Ask<VerifyLedger>().Run(CancellationToken.None);
        foreach (var fault in faults) call.Fail(fault);
        call.Say($"{postings} postings checked, {faults.Count} faults.");
        return faults.Count == 0 ? 0 : 1;
    }

    private static string NoAmount(AdminCall call) =>
        $"{call.Word(1)} is no amount of dollars with at most nine decimals.";

    private static int Tell(AdminCall call, Outcome<Money> outcome) => outcome.Match(
        left => call.Say($"{call.Word(0)} has {LimitText.Dollars(left)} of credits now."),
        refusal => call.Fail(refusal.Reason switch
        {
            Reason.NotFound => $"There is no account {call.Word(0)}.",
            Reason.InsufficientCredits => $"{call.Word(0)} has less than that.",
            Reason.InvalidFormat => "The expiry is in the past.",
            _ => "The amount is zero or too large.",
        }));
}
