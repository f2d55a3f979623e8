using Gatehouse.Gateways;
using Gatehouse.Platform;

namespace Gatehouse.Commands.Demos;

/// <summary>The story from its first to its last line.</summary>
internal sealed class Story(Narrator narrator, DemoClient client, DemoMail mail)
{
    /// <summary>Whose account it is about.</summary>
    public const string Email = "ann@example.com";

    private const string FirstPassword = "three quiet lanterns";
    private const string LastPassword = "seven quiet lanterns";

    /// <summary>Tells all of it; where the server stays open, it says at the end where to look around.</summary>
    public static async Task Tell(WebApplication app, Narrator narrator, bool staysOpen, CancellationToken stop)
    {
        var address = app.Services.GetRequiredService<PublicUrl>().Base;
        using var client = new DemoClient(new Uri(address), narrator, stop);
        var mail = new DemoMail(app.Services.GetRequiredService<LocalMailbox>(), narrator, stop);
        narrator.Title("Gatehouse: a month in a minute");
        await narrator.Say(
            $"A server of its own listens at {address}. Its folder is new and goes when it goes, its clock can be "
            + "moved forward, and its card is a test card that moves no money.");
        await narrator.Say(
            "Everything below is asked of it over HTTP while you read. Behind each $ stands what a person would type "
            + "for it, below it what was sent and what came back. Long keys and tokens are cut.");
        await new Story(narrator, client, mail).Tell(new Proofs(app.Services, narrator), stop);
        narrator.Heading(staysOpen ? "Look around" : "That was it");
        if (staysOpen) ShowTheWay(narrator, address);
        else await narrator.Say("The server goes now, with its folder. ./gatehouse serve starts one that stays.");
    }

    private static void ShowTheWay(Narrator narrator, string address)
    {
        narrator.Facts(
            ("Console", $"{address}/account/invoices"),
            ("E-mail", Email),
            ("Password", LastPassword),
            ("Mailbox", $"{address}/dev/mail"),
            ("End", "Ctrl-C; the server and its folder go then"));
    }

    private async Task Tell(Proofs proofs, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var ann = await SignUp();
        await Upgrade(ann);
        await new Month(narrator, client, mail).Tell(ann);
        await new Hijack(narrator, client, mail).Tell(FirstPassword, LastPassword);
        await proofs.Tell();
    }

    private async Task<DemoLogin> SignUp()
    {
        await narrator.Chapter("Ann signs up");
        await narrator.Say("An address first. Nobody can tell from the answer whether an account has it already.");
        narrator.Command("gatehouse signup");
        var begun = await client.Ask("POST /api/signup", new { email = Email }, who: null, "uuid");
        var uuid = begun.GetProperty("uuid").GetString();
        await narrator.Say("A mail brings a code of six digits, which proves that the address is hers.");
        var code = await mail.Code(Email, "Confirm your address");
        await client.Ask("POST /api/signup", new { uuid, confirmation_code = code }, who: null);
        await narrator.Say("Then a password and a tier. FREE needs no card.");
        await client.Ask("POST /api/signup", new { uuid, password = FirstPassword }, who: null);
        var done = await client.Ask("POST /api/signup", new { uuid, tier = "FREE" }, who: null, "user_name", "key");
        return new DemoLogin(Email, done.GetProperty("key").GetString()!);
    }

    private async Task Upgrade(DemoLogin ann)
    {
        await narrator.Chapter("She upgrades");
        await narrator.Say(
            "STANDARD is paid by use. The card is a test token of the sandbox: it is checked and charged nothing.");
        narrator.Command("gatehouse account:upgrade --stripe-token tok_visa");
        await client.Ask("POST /api/upgrade", new { stripe_token = "tok_visa" }, ann);
        await client.Ask("GET /api/users", body: null, ann, "tier", "status", "credit_cents");
    }
}
