using System.Text.RegularExpressions;
using Gatehouse.Gateways;
using MimeKit;

namespace Gatehouse.Commands.Demos;

/// <summary>The mailboxes of everybody in the story: mail of this server stays in its folder.</summary>
internal sealed partial class DemoMail(LocalMailbox mailbox, Narrator narrator, CancellationToken stop)
{
    private const int Tries = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The six digits of the newest mail to an address.</summary>
    public async Task<string> Code(string to, string subject) =>
        CodeLine().Match((await Read(to, subject)).TextBody ?? "").Value;

    /// <summary>The token of its link.</summary>
    public async Task<string> Token(string to, string subject) =>
        LinkToken().Match((await Read(to, subject)).TextBody ?? "").Value;

    /// <summary>Waits for a mail, which leaves the server a moment after its cause, and shows its head.</summary>
    public async Task<MimeMessage> Read(string to, string subject)
    {
        for (var i = 0; i < Tries; i++)
        {
            var found = mailbox.List().FirstOrDefault(mail =>
                mail.To.Mailboxes.Any(one => one.Address == to)
                && mail.Subject?.Contains(subject, StringComparison.OrdinalIgnoreCase) == true);
            if (found is not null)
            {
                narrator.Line($"Mail to {to}: {found.Subject}");
                return found;
            }

            await Task.Delay(Pause, stop);
        }

        throw new DemoFailed($"No mail about \"{subject}\" came to {to}.");
    }

    [GeneratedRegex("^[0-9]{6}\r?$", RegexOptions.Multiline, 1000)]
    private static partial Regex CodeLine();

    [GeneratedRegex(@"(?<=\?token=)\S+", RegexOptions.None, 1000)]
    private static partial Regex LinkToken();
}
