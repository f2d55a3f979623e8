using System.Net;
using System.Text;

namespace Gatehouse.Mail;

/// <summary>
/// Makes the HTML part of a message out of its text part, so that the two cannot say different things.
/// </summary>
public static class MailLayout
{
    private const string Font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

    /// <summary>The whole page.</summary>
    public static string Html(string subject, string text, Letterhead letterhead)
    {
        var body = new StringBuilder();
        foreach (var block in text.Split("\n\n")) body.Append(Block(block.Trim(), letterhead.Color)).Append('\n');
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark">
            <title>{Encode(subject)}</title>
            </head>
            <body style="margin:0;padding:24px 12px;{Font};font-size:16px;line-height:1.5">
            <div style="max-width:34em;margin:0 auto">
            <p style="font-weight:600;color:{letterhead.Color}">{Encode(letterhead.Brand)}</p>
            {body}{Support(letterhead)}</div>
            </body>
            </html>
            """;
    }

    private static string Block(string block, string color)
    {
        if (IsAddress(block))
        {
            return $"""
                <p style="margin:24px 0"><a href="{Encode(block)}" style="background:{color};color:#fff;padding:12px 20px;border-radius:6px;text-decoration:none;font-weight:600">Open the page</a></p>
                <p style="font-size:13px;word-break:break-all;opacity:.7">{Encode(block)}</p>
                """;
        }

        return IsCode(block)
            ? $"""<p style="font-size:32px;letter-spacing:.2em;font-weight:600;margin:24px 0">{block}</p>"""
            : $"<p>{Encode(block).Replace("\n", "<br>", StringComparison.Ordinal)}</p>";
    }

    private static string Support(Letterhead letterhead) => letterhead.SupportAddress == ""
        ? ""
        : $"""<p style="font-size:13px;opacity:.7">Help: {Encode(letterhead.SupportAddress)}</p>""" + "\n";

    private static bool IsAddress(string block) =>
        !block.Any(char.IsWhiteSpace) && Uri.TryCreate(block, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    private static bool IsCode(string block) => block is { Length: 6 } && block.All(char.IsAsciiDigit);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
