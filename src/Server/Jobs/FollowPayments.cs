using Gatehouse.Domain;
using Gatehouse.Features.Credits;

namespace Gatehouse.Jobs;

/// <summary>
/// Looks after the payments that banks want confirmed. The provider says so itself when they are; this is for what it
/// says that does not arrive, and for those who never confirm.
/// </summary>
public sealed class FollowPayments(SettlePayments payments) : IJob
{
    public Task Run(CancellationToken stop) => payments.Run(Caller.Server, PaymentState.Waiting, stop);
}
