namespace Gatehouse.Commands.Demos;

/// <summary>Somebody takes the account over, and the link in the old mailbox takes it back.</summary>
internal sealed class Hijack(Narrator narrator, DemoClient client, DemoMail mail)
{
    private const string Mallory = "mallory@example.net";
    private static readonly TimeSpan AWeek = TimeSpan.FromDays(6);

    public async Task Tell(string stolen, string fresh)
    {
        var (first, second) = await TakeOver(stolen);
        await Undo();
        await narrator.Say("The key that Mallory had made is dead, and so is the address change:");
        await client.BeRefused("GET /api/users", second);
        await SetPassword(fresh);
        await narrator.Say("With the new password went the last of it, the key of Mallory's first login:");
        await client.BeRefused("GET /api/users", first);
        await narrator.Conclude("The account is Ann's again. Nobody had to be called.");
    }

    private async Task<(DemoLogin First, DemoLogin Second)> TakeOver(string stolen)
    {
        await narrator.Chapter("Six days later, somebody has Ann's password");
        await client.Pass(AWeek);
        await narrator.Say("Mallory logs in with it, moves the account to another address, and makes a key for later.");
        var login = new { email = Story.Email, password = stolen, device = "mallory" };
        var first = await Login(login, Story.Email);
        await client.Ask("POST /api/users/email", new { next_email = Mallory, current_password = stolen }, first);
        var token = await mail.Token(Mallory, "Confirm your new address");
        await client.Ask("POST /api/users/email/confirm", new { token }, who: null);
        var owner = first with { Email = Mallory };
        var made = await client.Ask(
            "POST /api/account_keys", new { name = "backdoor", current_password = stolen }, owner, "name", "key");
        return (owner, new DemoLogin(Mallory, made.GetProperty("key").GetString()!));
    }

    private async Task Undo()
    {
        await narrator.Chapter("The link in the old mailbox undoes it");
        await narrator.Say(
            "Ann's address got a mail when the change was asked for. Its link works for seven days after the change, "
            + "whoever owns the account by now.");
        var token = await mail.Token(Story.Email, "is about to change");
        await client.Ask("POST /api/users/email/revoke", new { token }, who: null);
    }

    private async Task SetPassword(string fresh)
    {
        await narrator.Say("The password is known to somebody else, so it works no more. Her mailbox sets a new one.");
        narrator.Command("gatehouse account:password:reset");
        await client.Ask("PUT /api/users/reset_password", new { email = Story.Email }, who: null);
        var token = await mail.Token(Story.Email, "Reset your");
        narrator.Command("gatehouse account:password:set");
        await client.Ask("POST /api/users/reset_password", new { token, password = fresh }, who: null);
        narrator.Command("gatehouse login");
        var ann = await Login(new { email = Story.Email, password = fresh, device = "laptop" }, Story.Email);
        await client.Ask("GET /api/users", body: null, ann, "email", "tier", "status");
    }

    private async Task<DemoLogin> Login(object body, string email)
    {
        var done = await client.Ask("POST /api/login", body, who: null, "email", "key");
        return new DemoLogin(email, done.GetProperty("key").GetString()!);
    }
}
