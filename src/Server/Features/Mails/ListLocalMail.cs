using System.Net;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;
using MimeKit;

namespace Gatehouse.Features.Mails;

/// <summary>
/// The mail that stayed on this machine, for whoever develops on it. There are codes and links in it, so it is shown in
/// Development only, and only to programs on the same machine (contract 2, <c>Mail:Smtp</c>).
/// </summary>
public sealed class ListLocalMail(LocalMailbox mailbox, Settings settings, IHostEnvironment environment)
{
    /// <summary>The newest first. Refuses with <see cref="Reason.NotFound"/> where this is nobody's business.</summary>
    public Outcome<LocalMailFolder> Run(Caller caller) => MayRead(caller)
        ? new LocalMailFolder([.. mailbox.List().Select(Describe)])
        : Reason.NotFound;

    private bool MayRead(Caller caller) =>
        environment.IsDevelopment()
        && settings.Mail.IsLocal
        && IPAddress.TryParse(caller.Address, out var address)
        && IPAddress.IsLoopback(address);

    private static LocalMail Describe(MimeMessage message)
    {
        using var original = new MemoryStream();
        message.WriteTo(original);
        return new LocalMail(
            message.MessageId!.Split('@')[0],
            message.From.ToString(),
            message.To.ToString(),
            message.Subject ?? "",
            message.Date.UtcDateTime,
            new LocalMailBody(message.TextBody ?? "", message.HtmlBody ?? "", original.ToArray()));
    }
}

/// <summary>What is in the local mailbox.</summary>
/// <param name="Mails">The newest first.</param>
public sealed record LocalMailFolder(IReadOnlyList<LocalMail> Mails);

/// <summary>One message of the local mailbox.</summary>
/// <param name="Id">The part of its message id before the at sign.</param>
/// <param name="From">Sender.</param>
/// <param name="To">Recipient.</param>
/// <param name="Subject">Subject.</param>
/// <param name="SentAt">When it was sent (UTC).</param>
/// <param name="Body">What it says.</param>
public sealed record LocalMail(
    string Id, string From, string To, string Subject, DateTime SentAt, LocalMailBody Body);

/// <summary>What a message says.</summary>
/// <param name="Text">The text part.</param>
/// <param name="Html">The HTML part.</param>
/// <param name="Original">The whole message as it would travel (RFC 5322).</param>
public sealed record LocalMailBody(string Text, string Html, ReadOnlyMemory<byte> Original);
