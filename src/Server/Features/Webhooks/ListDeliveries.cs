using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Webhooks;

/// <summary>What became of the messages, for the operator: which address took them, and why others did not.</summary>
public sealed class ListDeliveries(Db db)
{
    private const int Most = 200;

    /// <summary>
    /// The newest messages first, at most two hundred deliveries. Refuses with <see cref="Reason.InvalidFormat"/> (no
    /// such state), or with <see cref="Reason.NotFound"/> (no such address, also to everybody else).
    /// </summary>
    /// <param name="caller">The operator.</param>
    /// <param name="name">An address; empty for all.</param>
    /// <param name="state"><c>pending</c>, <c>delivered</c> or <c>given_up</c>; null for all.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Outcome<IReadOnlyList<ListedDelivery>>> Run(
        Caller caller, string name, string? state, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        var webhook = Webhook.Parse(name);
        if (name != "" && !await db.Webhooks.AnyAsync(w => w.Id == webhook, stop)) return Reason.NotFound;
        if (!StateOf(state).Is(out var wanted, out var refusal)) return refusal;
        var found = await db.WebhookDeliveries.AsNoTracking()
            .Where(delivery => webhook == null || delivery.WebhookId == webhook)
            .Where(delivery => wanted.State == null || delivery.State == wanted.State)
            .Join(db.PlatformMessages, delivery => delivery.MessageId, message => message.Id, (delivery, message) =>
                new { Delivery = delivery, Message = message })
            .OrderByDescending(both => both.Message.At).ThenByDescending(both => both.Message.Sequence)
            .Take(Most)
            .Select(both => new ListedDelivery(
                both.Delivery, both.Message.Type, both.Message.At, both.Message.AccountId))
            .ToListAsync(stop);
        return Outcome.Of<IReadOnlyList<ListedDelivery>>(found);
    }

    private static Outcome<Wanted> StateOf(string? text) => text switch
    {
        null => new Wanted(null),
        "pending" => new Wanted(DeliveryState.Pending),
        "delivered" => new Wanted(DeliveryState.Delivered),
        "given_up" => new Wanted(DeliveryState.GivenUp),
        _ => Reason.InvalidFormat,
    };

    private readonly record struct Wanted(DeliveryState? State);
}

/// <summary>One message at one address.</summary>
/// <param name="Delivery">How far it is.</param>
/// <param name="Type">What it tells.</param>
/// <param name="At">When that happened (UTC).</param>
/// <param name="AccountId">Whose account it is about.</param>
public sealed record ListedDelivery(WebhookDelivery Delivery, string Type, DateTime At, Guid AccountId);
