using Gatehouse.Domain;
using Gatehouse.Features.Accounts;
using Gatehouse.Platform;

namespace Gatehouse.Commands;

/// <summary>The operator's verbs about accounts.</summary>
internal static class AdminAccounts
{
    /// <summary><c>admin account:list</c>.</summary>
    public static async Task<int> List(AdminCall call)
    {
        var filter = new AccountFilter(call.Option("tier"), call.Option("status"));
        var found = await call.Ask<ListAccounts>().Run(Caller.Operator, filter, CancellationToken.None);
        return found.Match(call.Show, _ => call.Fail("There is no such tier or status."));
    }

    /// <summary><c>admin account:show WHO</c>.</summary>
    public static async Task<int> Show(AdminCall call)
    {
        var found = await call.Ask<FindAccount>().Run(Caller.Operator, call.Word(0), CancellationToken.None);
        return found.Match(call.Show, _ => call.Fail($"There is no account {call.Word(0)}."));
    }

    /// <summary><c>admin account:suspend WHO --reason TEXT</c>.</summary>
    public static async Task<int> Suspend(AdminCall call) => Tell(
        call,
        await call.Ask<SuspendAccount>().Run(
            Caller.Operator, call.Word(0), call.Option("reason"), CancellationToken.None),
        "is suspended");

    /// <summary><c>admin account:restore WHO --reason TEXT</c>.</summary>
    public static async Task<int> Restore(AdminCall call) => Tell(
        call,
        await call.Ask<RestoreAccount>().Run(
            Caller.Operator, call.Word(0), call.Option("reason"), CancellationToken.None),
        account => account.Status == "suspended"
            ? "stays suspended, but only for its overdue invoice: the payment ends that, and so does this verb again"
            : "is active again");

    /// <summary><c>admin account:recover WHO --reason TEXT</c>.</summary>
    public static async Task<int> Recover(AdminCall call) => Tell(
        call,
        await call.Ask<RecoverAccount>().Run(
            Caller.Operator, call.Word(0), call.Option("reason"), CancellationToken.None),
        "waits for a new password; a mail says how to set it");

    /// <summary><c>admin account:downgrade WHO --reason TEXT</c>.</summary>
    public static async Task<int> Downgrade(AdminCall call) => Tell(
        call,
        await call.Ask<DowngradeAccount>().Run(
            Caller.Operator, call.Word(0), call.Option("reason"), CancellationToken.None),
        "is in the free tier");

    private static int Tell(AdminCall call, Outcome<FoundAccount> outcome, string what) =>
        Tell(call, outcome, _ => what);

    private static int Tell(
        AdminCall call, Outcome<FoundAccount> outcome, Func<FoundAccount, string> what) => outcome.Match(
        account => call.Say($"{account.UserName} ({account.Email}) {what(account)}."),
        refusal => call.Fail(refusal switch
        {
            { Reason: Reason.NotFound } => $"There is no account {call.Word(0)}.",
            { Reason: Reason.TierLimit, Limit: { } limit } =>
                $"It has more than fits: {LimitText.Amount(limit.What, limit.Most)}, and it has {limit.InUse}.",
            _ => "Nothing was changed: it is so already, or the account is closed.",
        }));
}
