using System.Net;
using System.Text;

namespace Gatehouse.Mail;

/// <summary>
/// Makes the HTML part of a message out of its text part, so that the two cannot say different things. Mail programs
/// know little CSS: tables carry the layout, styles stand inline, and the style block may be lost.
/// </summary>
public static class MailLayout
{
    private const string Table = """<table role="presentation" cellpadding="0" cellspacing="0" """;
    private const string Sans = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
    private const string Mono = "font-family:ui-monospace,Menlo,Consolas,monospace";
    private const string Name = $"padding:0 4px 16px;{Sans};font-size:17px;font-weight:600;color:#1f221e";
    private const string Mark = "display:inline-block;width:12px;height:12px;margin-right:9px;border-radius:3px";
    private const string Small = "font-size:13px;line-height:20px;color:#5b5e56";

    private const string Sheet =
        "padding:32px 28px 16px;background:#ffffff;border:1px solid #ddd8cb;border-radius:12px;text-align:left;"
        + $"{Sans};font-size:16px;line-height:25px;color:#1f221e";

    private const string Code =
        "margin:0 0 20px;padding:16px 20px;background:#f1eee6;border-radius:8px;"
        + $"{Mono};font-size:30px;line-height:36px;letter-spacing:6px;font-weight:600";

    private const string Link =
        "display:inline-block;padding:13px 24px;border-radius:8px;"
        + "font-weight:600;line-height:22px;text-decoration:none";

    // A dark scheme of our own keeps mail programs from inventing one.
    private const string Dark = """
        :root { color-scheme: light dark; supported-color-schemes: light dark; }
        @media (prefers-color-scheme: dark) {
          .paper { background: #151815 !important; }
          .sheet { background: #1c201c !important; border-color: #363b35 !important; color: #e9e7df !important; }
          .code { background: #262a26 !important; color: #e9e7df !important; }
          .name { color: #e9e7df !important; }
          .small, .small a { color: #a9aca1 !important; }
        }
        """;

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
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>{Encode(subject)}</title>
            <style>
            {Dark}
            </style>
            </head>
            <body class="paper" style="margin:0;padding:0;background:#f1eee6">
            {Table}width="100%" class="paper" style="background:#f1eee6">
            <tr><td align="center" style="padding:32px 12px">
            {Table}width="100%" style="max-width:560px">
            <tr><td class="name" style="{Name}">
            <span style="{Mark};background:{letterhead.Color}"></span>{Encode(letterhead.Brand)}
            </td></tr>
            <tr><td class="sheet" style="{Sheet}">
            {body}</td></tr>
            {Help(Encode(letterhead.SupportAddress))}</table>
            </td></tr>
            </table>
            </body>
            </html>
            """;
    }

    private static string Block(string block, string color) =>
        IsAddress(block) ? Button(Encode(block), color)
        : IsCode(block) ? $"""<p class="code" style="{Code}">{block}</p>"""
        : $"""<p style="margin:0 0 16px">{Encode(block).Replace("\n", "<br>", StringComparison.Ordinal)}</p>""";

    /// <summary>The cell is coloured as well as the link, for programs that draw no padding around links.</summary>
    private static string Button(string address, string color) => $"""
        {Table}style="margin:4px 0 16px"><tr>
        <td bgcolor="{color}" style="border-radius:8px">
        <a href="{address}" style="{Link};background:{color};color:{Ink(color)}">Open the page</a>
        </td>
        </tr></table>
        <p class="small" style="margin:0 0 16px;{Small};word-break:break-all">{address}</p>
        """;

    private static string Help(string address) => address == "" ? "" : $"""
        <tr><td class="small" style="padding:20px 4px 0;{Sans};{Small}">
        Help: <a href="mailto:{address}" style="color:#5b5e56">{address}</a>
        </td></tr>

        """;

    /// <summary>White on a colour, or black where white would be hard to read (contrast below 4.5, WCAG 2.2).</summary>
    private static string Ink(string color)
    {
        var rgb = Convert.FromHexString(color.AsSpan(1));
        var luminance = (0.2126 * Linear(rgb[0])) + (0.7152 * Linear(rgb[1])) + (0.0722 * Linear(rgb[2]));
        return 1.05 / (luminance + 0.05) >= 4.5 ? "#ffffff" : "#000000";
    }

    private static double Linear(byte channel) => Math.Pow(channel / 255.0, 2.2);

    private static bool IsAddress(string block) =>
        !block.Any(char.IsWhiteSpace)
        && Uri.TryCreate(block, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https";

    private static bool IsCode(string block) => block is { Length: 6 } && block.All(char.IsAsciiDigit);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
