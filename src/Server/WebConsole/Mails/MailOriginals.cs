using Gatehouse.Features.Mails;
using Gatehouse.Platform;

namespace Gatehouse.WebConsole.Mails;

/// <summary>The messages of the local mailbox as a mail program would get them, and as it would show them.</summary>
internal static class MailOriginals
{
    // A mail styles itself inline, which our pages never do: it is shown without script, forms, origin or network.
    private const string Policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    public static void MapMailOriginals(this IEndpointRouteBuilder app)
    {
        app.MapGet("/dev/mail/{id}.eml", Original).ExcludeFromDescription();
        app.MapGet("/dev/mail/{id}.html", Html).ExcludeFromDescription();
    }

    private static IResult Original(string id, HttpContext http, ListLocalMail list) => Find(id, http, list) is { } mail
        ? TypedResults.Bytes(mail.Body.Original, "message/rfc822", $"{mail.Id}.eml")
        : TypedResults.NotFound();

    private static IResult Html(string id, HttpContext http, ListLocalMail list)
    {
        if (Find(id, http, list) is not { } mail) return TypedResults.NotFound();
        http.Response.Headers.ContentSecurityPolicy = Policy;
        return TypedResults.Content(mail.Body.Html, "text/html; charset=utf-8");
    }

    private static LocalMail? Find(string id, HttpContext http, ListLocalMail list) =>
        list.Run(http.Visitor()).Match(folder => folder.Mails.FirstOrDefault(mail => mail.Id == id), _ => null);
}
