using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credits;

/// <summary>What an account was asked to pay, for the operator: here are the ids that a refund is made by.</summary>
public sealed class ListPayments(Db db)
{
    private const int Most = 1000;

    /// <summary>
    /// At most 1,000, the newest first, of closed and erased accounts too. Refuses with <see cref="Reason.NotFound"/>
    /// when there is no such account, and to everybody but the operator.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<ListedPayment>>> Run(Caller caller, string who, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        if (await db.FindByAnyName(who, stop) is not { } account) return Reason.NotFound;
        var payments = await db.Payments.AsNoTracking()
            .Where(p => p.AccountId == account.Id)
            .OrderByDescending(p => p.Id).Take(Most).ToListAsync(stop);
        return payments.ConvertAll(ListedPayment.Of);
    }
}

/// <summary>A payment as the operator sees it; amounts in dollars.</summary>
public sealed record ListedPayment(
    Guid Id, DateTime CreatedAt, string Amount, string Refunded, string State, string? Decline, string? ChargeRef)
{
    /// <summary>Without what could charge the card again.</summary>
    public static ListedPayment Of(Payment payment) => new(
        payment.Id,
        payment.CreatedAt,
        Domain.Amount.Write(new Money(payment.AmountNanos)),
        Domain.Amount.Write(new Money(payment.RefundedNanos)),
        payment.State.ToString().ToLowerInvariant(),
        payment.Decline,
        payment.ChargeRef);
}
