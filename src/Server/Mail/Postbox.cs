using System.Text.Json;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Mail;

/// <summary>Turns messages into sealed rows of the outbox, and back when it is time to send them.</summary>
public sealed class Postbox(Settings settings, PublicUrl publicUrl, MasterKey key)
{
    /// <summary>What stands at the head of every message.</summary>
    public Letterhead Letterhead => new(
        settings.Brand.Name, publicUrl.Base, settings.Brand.SupportAddress, settings.Brand.Color);

    /// <summary>A row that will be sent to an address.</summary>
    public OutboxMail Write(EmailAddress to, MailMessage message, DateTime now) =>
        Seal(new Letter(to.Mailbox, message.Subject(Letterhead), message.Text(Letterhead)), now);

    /// <summary>
    /// A row that looks and costs the same and is thrown away: where there is nobody to write to, the answer must not
    /// come any faster.
    /// </summary>
    public OutboxMail WriteNothing(DateTime now) => Seal(new Letter("", "", ""), now);

    /// <summary>The same where a certain message would have gone out: it is written all the same.</summary>
    public OutboxMail WriteNothing(MailMessage instead, DateTime now) =>
        Seal(new Letter("", instead.Subject(Letterhead), instead.Text(Letterhead)), now);

    /// <summary>The letter inside a row.</summary>
    public Letter Open(OutboxMail mail) =>
        JsonSerializer.Deserialize<Letter>(key.Open(mail.Sealed, Context(mail.Id)))!;

    private OutboxMail Seal(Letter letter, DateTime now)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(letter);
        return OutboxMail.Create(now, id => key.Seal(content, Context(id)));
    }

    private static string Context(Guid id) => $"outbox {id:D}";
}

/// <summary>A message that is ready to go; without a recipient it goes nowhere.</summary>
public sealed record Letter(string To, string Subject, string Text);
