using System.Security.Cryptography;
using System.Text;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credits;

/// <summary>
/// Credits for money. The row that says what is wanted is committed before the provider hears of it; the provider's
/// idempotency key is made of its id; the credits come with the mark that it was paid. Whatever falls over in between,
/// <see cref="SettlePayments"/> goes on from there.
/// </summary>
public sealed class BuyCredits(
    Db db, FindPayer findPayer, ChargePayment charge, ChargeLimits limits, TimeProvider clock)
{
    private const int LongestKey = 200;
    private const string Range = "must be whole cents between 1.00 and 10,000.00";
    private static readonly Money Least = Money.FromCents(100);
    private static readonly Money Most = Money.FromCents(1_000_000);

    /// <summary>
    /// The payment, which is paid. Refuses with <see cref="Reason.Required"/>, <see cref="Reason.OutOfRange"/>,
    /// <see cref="Reason.NotConfirmed"/>, <see cref="Reason.RequestKeyReused"/>, <see cref="Reason.CardRequired"/>,
    /// <see cref="Reason.CardDeclined"/>, <see cref="Reason.TooManyAttempts"/>, or
    /// <see cref="Reason.PaymentPending"/> when no answer came: the payment is settled without the caller then, and
    /// asking again under the same key shows how it went.
    /// </summary>
    public async Task<Outcome<Payment>> Run(Caller caller, Purchase wanted, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Billing).Is(out var id, out var refusal)) return refusal;
        if (wanted.Amount is not { } amount || amount.WholeCents < Least.WholeCents || amount.Nanos > Most.Nanos
            || Money.FromCents(amount.WholeCents) != amount)
            return new Refusal(Reason.OutOfRange, Field.Amount) { Text = Range };
        if (wanted.RequestKey is { Length: > LongestKey }) return Reason.InvalidFormat;
        if (!await db.Accounts.Confirmed().AnyAsync(a => a.Id == id, stop)) return Reason.NotConfirmed;
        var requestKey = wanted.RequestKey is { } named ? $"named {named}" : $"{Guid.CreateVersion7(clock.UtcNow()):D}";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{amount.Nanos} {wanted.StripeToken}"));
        if (await Find(id, requestKey, stop) is { } before) return await GoOn(caller, before, hash, stop);
        if (!(await findPayer.Run(id, wanted, stop)).Is(out var payer, out refusal)) return refusal;
        if ((await limits.Take(id, stop)).Refusal is { } tooMany) return tooMany;
        var payment = new Payment
        {
            Id = Guid.CreateVersion7(clock.UtcNow()),
            AccountId = id,
            Purpose = PaymentPurpose.Credits,
            AmountNanos = amount.Nanos,
            State = PaymentState.Started,
            RequestKey = requestKey,
            RequestHash = hash,
            CustomerRef = payer.CustomerRef,
            MethodRef = payer.MethodRef,
            CreatedAt = clock.UtcNow(),
        };
        var outcome = (await db.Write(() => Start(caller, payment, stop), stop)).Is(out var started, out refusal)
            ? await GoOn(caller, started, hash, stop)
            : refusal;
        if (outcome.Refusal?.Reason != Reason.CardDeclined) await limits.GiveBack(id, stop);
        return outcome;
    }

    private Task<Payment?> Find(Guid accountId, string requestKey, CancellationToken stop) => db.Payments.AsNoTracking()
        .SingleOrDefaultAsync(p => p.AccountId == accountId && p.RequestKey == requestKey, stop);

    /// <summary>The new payment, or the one of the same request that was faster.</summary>
    private async Task<Outcome<Payment>> Start(Caller caller, Payment payment, CancellationToken stop)
    {
        await db.QueueUp(payment.AccountId, stop);
        if (await Find(payment.AccountId, payment.RequestKey, stop) is { } faster) return faster;
        // The provider took its time over the card: the account may have been closed meanwhile.
        if (!await db.Accounts.Confirmed().AnyAsync(a => a.Id == payment.AccountId, stop)) return Reason.NotLoggedIn;
        db.Payments.Add(payment);
        var fact = new AuditFact(AuditEvent.PaymentStarted, payment.Id.ToString("D"), caller.Key?.KeyId);
        await db.Append(caller, payment.AccountId, fact, payment.CreatedAt, stop);
        return payment;
    }

    private async Task<Outcome<Payment>> GoOn(Caller caller, Payment payment, byte[] hash, CancellationToken stop)
    {
        if (!payment.RequestHash.AsSpan().SequenceEqual(hash)) return Reason.RequestKeyReused;
        return await charge.Run(caller, payment, stop);
    }
}

/// <summary>What somebody wants to buy.</summary>
/// <param name="Amount">In dollars; null when what was sent is no amount.</param>
/// <param name="RequestKey">The same request repeated is the same payment; null when each is its own.</param>
/// <param name="StripeToken">A card for this payment alone; null for the one on file.</param>
public sealed record Purchase(Money? Amount, string? RequestKey = null, string? StripeToken = null);
