using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.WebConsole;

/// <summary>What an owner does with the account, page by page.</summary>
public sealed class AccountTests
{
    [Fact]
    public async Task The_owner_changes_address_and_password_and_sees_it_in_the_activity()
    {
        var person = new Person();
        await using var guest = await Guest.ArriveAs(person);
        await guest.Look("account");
        await guest.Go("/account/email");
        await guest.Look("email");
        await guest.Type("New address", $"next.{person.Email}");
        await guest.Press("Send the mail");
        await guest.Is("/account/email?done=requested");
        await guest.FollowMail($"next.{person.Email}", "", "email/confirm");
        await guest.Look("email-confirm");
        await guest.Page.Locator("main form button").ClickAsync();
        await guest.Is("/email/confirmed");
        await guest.FollowMail(person.Email, "about to change", "email/revoke");
        await guest.Look("email-revoke");
        await guest.Go("/account/password");
        await guest.Look("password");
        await guest.Type("New password", "short");
        await guest.Page.EvaluateAsync("() => document.querySelector('main form').noValidate = true");
        await guest.Press("Change the password");
        await guest.Look("password-refused");
        await guest.Type("New password", "a much better one 7");
        await guest.Press("Change the password");
        await guest.Is("/account/password?done=changed");
        await guest.Go("/account/activity");
        await guest.Look("activity");
    }

    [Fact]
    public async Task Keys_and_sessions_are_made_shown_and_ended()
    {
        var person = new Person();
        await using var guest = await Guest.ArriveAs(person);
        await guest.Go("/account/keys");
        await guest.Follow("Create a key");
        await guest.Type("Name", "backup-server");
        await guest.Tick("Look at the account");
        await guest.Look("key-new");
        await guest.Press("Create the key");
        await guest.Sees("Your new key");
        await guest.Look("key-created");
        var key = (await guest.Read("#secret")).Trim();
        Assert.Equal(200, (int)(await person.Look(await TestRun.Server(), key)).Status);
        await guest.Follow("To your API keys");
        await guest.Look("keys");
        await Guest.Press(guest.Page.Locator("li", new() { HasText = "backup-server" }), "Revoke backup-server");
        await guest.Is("/account/keys?done=revoked");
        Assert.Equal(401, (int)(await person.Look(await TestRun.Server(), key)).Status);

        await using var other = await Guest.Arrive("/login");
        await other.Tick("Keep me logged in");
        await other.LogIn(person, person.Password);
        await guest.Go("/account/sessions");
        await guest.Look("sessions");
        await guest.Page.Locator("main form button").ClickAsync();
        await guest.Is("/account/sessions?done=ended");
        await other.Go("/account/keys");
        await other.Is("/login?returnUrl=%2Faccount%2Fkeys");

        await guest.Go("/account/ssh-keys");
        await guest.Look("ssh-keys-none");
        await guest.Type("Public key", SshKey);
        await guest.Press("Add the key");
        await guest.Look("ssh-keys");
        await guest.Page.Locator("ul.cards button").ClickAsync();
        await guest.Is("/account/ssh-keys?done=removed");
    }

    [Fact]
    public async Task A_card_is_stored_the_price_shown_the_tier_raised_and_credits_bought()
    {
        var person = new Person();
        await using var guest = await Guest.ArriveAs(person);
        await guest.Go("/account/upgrade");
        await guest.Look("upgrade-no-card");
        await guest.Follow("add one first");
        await guest.Look("payment-none");
        await guest.Press("Add a card");
        await guest.Look("payment-opened");
        var hosted = await guest.Page.RunAndWaitForPopupAsync(() => guest.Follow("Enter the card"));
        await hosted.GetByLabel("Card number").FillAsync("4242424242424242");
        await hosted.GetByLabel("Expiry month").FillAsync("12");
        await hosted.GetByLabel("Expiry year").FillAsync("2039");
        await hosted.GetByLabel("Security code").FillAsync("123");
        await Guest.Press(hosted.Locator("main"), "Store this card");
        await hosted.GetByText("You can close this page").WaitForAsync();
        await hosted.CloseAsync();
        await guest.Follow("I have entered it");
        await guest.Sees("The card is stored");
        await guest.Look("payment");
        await guest.Go("/account/upgrade");
        await guest.Look("upgrade");
        await guest.Press("Upgrade");
        await guest.Is("/account?done=upgraded");
        await guest.Go("/account/credits");
        await guest.Look("credits-none");
        await guest.Type("Amount in US dollars", "25.00");
        await guest.Press("Buy");
        await guest.Is("/account/credits?done=bought");
        await guest.Sees("$25.00");
        await guest.Look("credits");
    }

    [Fact]
    public async Task All_that_is_stored_can_be_taken_along_and_the_account_closed_and_brought_back()
    {
        var person = new Person();
        await using var guest = await Guest.ArriveAs(person);
        await guest.Go("/account/export");
        await guest.Look("export");
        var download = await guest.Page.RunAndWaitForDownloadAsync(() => guest.Press("Download the file"));
        Assert.Equal("account.json", download.SuggestedFilename);
        var text = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Contains($"\"email\":\"{person.Email}\"", text, StringComparison.Ordinal);
        await guest.Go("/account/close");
        await guest.Look("close");
        await guest.Type("Type your address to go on", person.Email);
        await guest.Press("Close the account");
        await guest.Is("/account/closed");
        await guest.Look("closed");
        await guest.Go("/account");
        await guest.Is("/login");
        await guest.FollowMail(person.Email, "closed", "account/undo");
        await guest.Look("undo");
        await guest.Press("Open the account again");
        await guest.Is("/account/reopened");
        await guest.Look("reopened");
        await guest.Go("/login");
        await guest.LogIn(person, person.Password);
        await guest.Is("/account");
    }

    private const string SshKey =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl ann@laptop";
}
