using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Data;

/// <summary>Tells the platform what happened, in the transaction of the change.</summary>
public static class PlatformTrail
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Writes a message about what an audit entry says, and a row for each address that wants it. The number of the
    /// entry becomes the message's: everything about an account is told one after the other.
    /// </summary>
    public static async Task Publish(this Db db, AuditEntry entry, PlatformNews news, CancellationToken stop)
    {
        var message = new PlatformMessage
        {
            Id = Guid.CreateVersion7(entry.At),
            AccountId = entry.AccountId,
            Sequence = entry.Sequence,
            Type = entry.Event,
            At = entry.At,
            Body = JsonSerializer.Serialize(new MessageBody(entry.Event, entry.At, news), Written),
        };
        var webhooks = await db.Webhooks.AsNoTracking().Where(w => w.DisabledAt == null).ToListAsync(stop);
        db.PlatformMessages.Add(message);
        db.WebhookDeliveries.AddRange(webhooks.Where(w => w.Wants(message.Type)).Select(w => new WebhookDelivery
        {
            MessageId = message.Id,
            WebhookId = w.Id,
            State = DeliveryState.Pending,
            DueAt = message.At,
        }));
    }

    /// <summary>The same about the account itself, as it is now.</summary>
    public static async Task PublishAccount(this Db db, AuditEntry entry, CancellationToken stop)
    {
        // What the change has done so far has to be in the database: it is read from there.
        await db.SaveChangesAsync(stop);
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == entry.AccountId, stop);
        var news = new PlatformNews(account.Id, entry.Sequence) { Account = AccountNews.Of(account) };
        if (entry.Event is AuditEvent.AccountUpgraded or AuditEvent.AccountDowngraded)
            news = news with
            {
                Apps = await db.Apps.AsNoTracking().Where(a => a.OwnerId == account.Id)
                    .OrderBy(a => a.Id).Select(a => AppNews.Of(a)).ToListAsync(stop),
                Databases = await db.AppDatabases.AsNoTracking().Where(d => d.OwnerId == account.Id)
                    .OrderBy(d => d.Id).Select(d => DatabaseNews.Of(d)).ToListAsync(stop),
            };
        await db.Publish(entry, news, stop);
    }

    /// <summary>How many messages wait, since when, and how many were given up.</summary>
    public static async Task<WebhookBacklog> LookAtWebhooks(this Db db, CancellationToken stop)
    {
        var waiting = await db.WebhookDeliveries.Where(d => d.State == DeliveryState.Pending)
            .Join(db.PlatformMessages, d => d.MessageId, m => m.Id, (_, m) => m)
            .GroupBy(_ => 1)
            .Select(all => new { Length = all.Count(), Oldest = all.Min(m => m.At) })
            .SingleOrDefaultAsync(stop);
        var givenUp = await db.WebhookDeliveries.CountAsync(d => d.State == DeliveryState.GivenUp, stop);
        return new WebhookBacklog(waiting?.Length ?? 0, waiting?.Oldest, givenUp);
    }

    /// <summary>Forgets what the platform was told about an account; what still waits goes once it was told.</summary>
    public static Task ForgetMessagesOf(this Db db, Guid accountId, CancellationToken stop) =>
        db.Settled().Where(m => m.AccountId == accountId).ExecuteDeleteAsync(stop);

    /// <summary>Forgets what is older than a month, and what waited when its account was erased.</summary>
    public static async Task ForgetOldMessages(this Db db, DateTime now, CancellationToken stop)
    {
        var (oldest, recent) = (now - PlatformMessage.Life, now - WebhookDelivery.Patience);
        await db.Settled().Where(m => m.At <= oldest).ExecuteDeleteAsync(stop);
        await db.Settled()
            .Where(m => m.At > recent && db.Accounts.Any(a => a.Id == m.AccountId && a.ErasedAt != null))
            .ExecuteDeleteAsync(stop);
    }

    private static IQueryable<PlatformMessage> Settled(this Db db) => db.PlatformMessages
        .Where(m => !db.WebhookDeliveries.Any(d => d.MessageId == m.Id && d.State == DeliveryState.Pending));

    /// <summary>The body of a message (Standard Webhooks, "Payload structure").</summary>
    private sealed record MessageBody(string Type, DateTime Timestamp, PlatformNews Data);
}

/// <summary>How the addresses of the platform do.</summary>
/// <param name="Waiting">Messages that wait.</param>
/// <param name="Oldest">When the oldest of them happened (UTC); null without any.</param>
/// <param name="GivenUp">Messages of the last month that were given up.</param>
public sealed record WebhookBacklog(int Waiting, DateTime? Oldest, int GivenUp);
