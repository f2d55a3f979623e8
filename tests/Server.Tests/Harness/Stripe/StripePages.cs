using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Tests.Harness.Stripe;

/// <summary>What people see at Stripe: the hosted page for a card, and the page of their bank.</summary>
internal static class StripePages
{
    public static void Map(WebApplication app, StripeBank bank)
    {
        app.MapGet("/pay/{page}", (string page) => Html(
            $"""<form method="post" action="/pay/{page}"><input name="token"><button>Save card</button></form>"""));
        app.MapPost("/pay/{page}", async (string page, HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync();
            if (!bank.EnterCard(page, form["token"].ToString())) return Html("Your card was declined.");
            var session = bank.All("checkout.session").Single(one => (string?)one["id"] == page);
            return Results.Redirect((string)session["success_url"]!);
        });
        app.MapGet("/bank/{intent}", (string intent) => Html(
            $"""<form method="post" action="/bank/{intent}"><button name="agree" value="yes">Pay</button></form>"""));
        app.MapPost("/bank/{intent}", async (string intent, HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync();
            bank.Authenticate(intent, form["agree"] == "yes");
            return Html("Done.");
        });
    }

    private static IResult Html(string body) =>
        Results.Content($"<!doctype html><title>Stripe</title>{body}", "text/html", statusCode: (int)HttpStatusCode.OK);
}
