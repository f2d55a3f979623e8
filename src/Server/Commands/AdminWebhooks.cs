using System.Globalization;
using Gatehouse.Domain;
using Gatehouse.Features.Webhooks;

namespace Gatehouse.Commands;

/// <summary>The operator's verbs about addresses of the platform that are told what happens.</summary>
internal static class AdminWebhooks
{
    private const int Mistaken = 2;

    /// <summary><c>admin webhook:add URL [--event TYPES]</c>.</summary>
    public static async Task<int> Add(AdminCall call)
    {
        var types = (call.Option("event") ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var added = await call.Ask<AddWebhook>().Run(Caller.Operator, call.Word(0), types, CancellationToken.None);
        return added.Match(shared => call.Show(Shared(shared)), refusal => Mistake(call, refusal switch
        {
            { Field: Field.EventType } =>
                $"There is no event {refusal.Text}, only {string.Join(", ", PlatformMessage.Types)}.",
            _ => $"{call.Word(0)} is not {refusal.Text}.",
        }));
    }

    /// <summary><c>admin webhook:list</c>.</summary>
    public static async Task<int> List(AdminCall call)
    {
        var listed = await call.Ask<ListWebhooks>().Run(Caller.Operator, CancellationToken.None);
        return listed.Match(
            webhooks => call.Show(webhooks.Select(one => new
            {
                Id = Webhook.NameOf(one.Webhook.Id),
                one.Webhook.Url,
                Events = Events(one.Webhook),
                one.Webhook.CreatedAt,
                one.Webhook.DisabledAt,
                BothSecretsUntil = one.Webhook.PreviousUntil,
                one.Waiting,
                one.GivenUp,
            })),
            refusal => call.Fail($"{refusal.Reason}"));
    }

    /// <summary><c>admin webhook:remove ID</c>.</summary>
    public static async Task<int> Remove(AdminCall call)
    {
        var removed = await call.Ask<RemoveWebhook>().Run(Caller.Operator, call.Word(0), CancellationToken.None);
        return removed.Match(_ => call.Say($"{call.Word(0)} is told nothing any more."), _ => Nowhere(call));
    }

    /// <summary><c>admin webhook:enable ID</c>.</summary>
    public static async Task<int> Enable(AdminCall call)
    {
        var enabled = await call.Ask<EnableWebhook>().Run(Caller.Operator, call.Word(0), CancellationToken.None);
        return enabled.Match(
            _ => call.Say($"{call.Word(0)} is told everything from now on; webhook:replay tells what it missed."),
            _ => Nowhere(call));
    }

    /// <summary><c>admin webhook:rotate ID [--hours N]</c>.</summary>
    public static async Task<int> Rotate(AdminCall call)
    {
        var overlap = RotateWebhookSecret.UsualOverlap;
        if (call.Option("hours") is { } hours)
        {
            if (!int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out var many))
                return Mistake(call, $"--hours {hours} is no whole number.");
            overlap = TimeSpan.FromHours(many);
        }

        var rotated = await call.Ask<RotateWebhookSecret>()
            .Run(Caller.Operator, call.Word(0), overlap, CancellationToken.None);
        return rotated.Match(shared => call.Show(Shared(shared)), refusal => refusal.Reason == Reason.OutOfRange
            ? Mistake(call, "--hours is between 0 and 720.")
            : Nowhere(call));
    }

    /// <summary><c>admin webhook:replay ID [--since TIME]</c>.</summary>
    public static async Task<int> Replay(AdminCall call)
    {
        var (name, since) = (call.Word(0), call.Option("since"));
        var moment = since is null ? null : AdminCall.Moment(since);
        if (since is not null && moment is null) return Mistake(call, $"--since {since} is no time of ISO 8601.");
        if (Webhook.Parse(name) is not null && moment is null)
            return Mistake(call, "For an address --since says from when on, such as --since 2027-06-15T10:00Z.");
        var replayed = await call.Ask<ReplayMessages>().Run(Caller.Operator, name, moment, CancellationToken.None);
        return replayed.Match(
            many => call.Say(many == 1 ? "1 message is on its way." : $"{many} messages are on their way."),
            refusal => refusal.Reason == Reason.NotActive
                ? call.Fail($"{name} said that it is gone; webhook:enable comes first.")
                : call.Fail($"There is no message and no address {name}; messages are kept for a month."));
    }

    /// <summary><c>admin webhook:deliveries [ID] [--state S]</c>.</summary>
    public static async Task<int> Deliveries(AdminCall call)
    {
        var listed = await call.Ask<ListDeliveries>()
            .Run(Caller.Operator, call.Word(0), call.Option("state"), CancellationToken.None);
        return listed.Match(
            deliveries => call.Show(deliveries.Select(Describe)),
            refusal => refusal.Reason == Reason.InvalidFormat
                ? Mistake(call, "--state is pending, delivered or given_up.")
                : Nowhere(call));
    }

    private static object Shared(SharedWebhook shared) => new
    {
        Id = Webhook.NameOf(shared.Webhook.Id),
        shared.Webhook.Url,
        Events = Events(shared.Webhook),
        Secret = shared.Secret.Reveal(),
        BothSecretsUntil = shared.Webhook.PreviousUntil,
    };

    private static object Describe(ListedDelivery listed) => new
    {
        Message = PlatformMessage.NameOf(listed.Delivery.MessageId),
        Address = Webhook.NameOf(listed.Delivery.WebhookId),
        listed.Type,
        listed.At,
        listed.AccountId,
        State = StateOf(listed.Delivery.State),
        listed.Delivery.Attempts,
        listed.Delivery.TriedAt,
        listed.Delivery.Status,
        listed.Delivery.Failure,
        NextAt = listed.Delivery.State == DeliveryState.Pending ? listed.Delivery.DueAt : (DateTime?)null,
    };

    private static IReadOnlyList<string> Events(Webhook webhook) =>
        webhook.Types.Count == 0 ? PlatformMessage.Types : webhook.Types;

    private static string StateOf(DeliveryState state) => state switch
    {
        DeliveryState.Pending => "pending",
        DeliveryState.Delivered => "delivered",
        DeliveryState.GivenUp => "given_up",
    };

    private static int Nowhere(AdminCall call) =>
        call.Fail($"There is no address {call.Word(0)}; webhook:list lists them.");

    private static int Mistake(AdminCall call, string sentence)
    {
        call.Fail(sentence);
        return Mistaken;
    }
}
