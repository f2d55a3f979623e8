using System.Text.RegularExpressions;
using MimeKit;

namespace Gatehouse.Tests.Harness;

/// <summary>A message as its reader gets it.</summary>
public sealed partial record ReceivedMail(string To, string Subject, string Text, string Html, MimeMessage Message)
{
    /// <summary>The six digits that stand alone on a line.</summary>
    public string Code => CodeLine().Match(Text).Value;

    /// <summary>The token of the link.</summary>
    public string Token => LinkToken().Match(Text).Value;

    public static ReceivedMail Of(MimeMessage message) => new(
        message.To.Mailboxes.Single().Address,
        message.Subject!,
        message.TextBody!.ReplaceLineEndings("\n"),
        message.HtmlBody!.ReplaceLineEndings("\n"),
        message);

    [GeneratedRegex("^[0-9]{6}$", RegexOptions.Multiline, 1000)]
    private static partial Regex CodeLine();

    [GeneratedRegex(@"(?<=\?token=)\S+", RegexOptions.None, 1000)]
    private static partial Regex LinkToken();
}
