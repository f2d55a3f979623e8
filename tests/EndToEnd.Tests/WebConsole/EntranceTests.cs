using Gatehouse.EndToEnd.Tests.Clients;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.WebConsole;

/// <summary>The ways in, as a person goes them: signing up, logging in, and what helps when that fails.</summary>
public sealed class EntranceTests
{
    private const string Card = "4242 4242 4242 4242";
    private const string NewPassword = "a much better one 7";

    [Fact]
    public async Task Somebody_signs_up_with_the_code_of_the_mailbox_page()
    {
        await using var guest = await Guest.Arrive();
        await guest.Look("welcome");
        await guest.Follow("Sign up");
        await guest.Look("signup");
        await guest.Type("E-mail address", "no address");
        await guest.Page.EvaluateAsync("() => document.querySelector('form.sheet').noValidate = true");
        await guest.Press("Send me a code");
        await guest.Look("signup-refused");
        var entry = guest.Page.GetByLabel("E-mail address");
        Assert.Equal("no address", await entry.InputValueAsync());
        Assert.True(await entry.EvaluateAsync<bool>("input => input === document.activeElement"));
        var person = new Person("maya@example.com");
        await guest.Type("E-mail address", person.Email);
        await guest.Press("Send me a code");
        await guest.Look("signup-code");
        await (await TestRun.Server()).Mailbox.Next(person.Email, "confirm");
        await guest.Follow("the mail is in the mailbox");
        var letter = guest.Page.Locator("article").Filter(new() { HasText = person.Email });
        var code = await letter.Locator(".code").InnerTextAsync();
        await guest.Go("/signup/code");
        await guest.Type("Code", code);
        await guest.Press("Go on");
        await guest.Look("signup-password");
        await guest.Type("Password", person.Password);
        await guest.Press("Go on");
        await guest.Look("signup-tier");
        await guest.Press("Create the account");
        await guest.Is("/account?done=welcome");
        await Gallery.KeepForReadme(guest.Page);
        await guest.Look("account-welcome");
        await guest.LogOut();
        await guest.Look("login-out");
        await guest.LogIn(person, person.Password);
        await guest.Is("/account");
    }

    [Fact]
    public async Task Somebody_signs_up_by_the_link_of_the_mail_for_the_paid_tier_with_a_card()
    {
        var person = new Person();
        await using var guest = await Guest.Arrive("/signup");
        await guest.Type("E-mail address", person.Email);
        await guest.Press("Send me a code");
        await guest.Is("/signup/code");
        await guest.FollowMail(person.Email, "confirm", "confirm");
        await guest.Look("confirm");
        await guest.Page.Locator("main").GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
        await guest.Is("/confirmed");
        await guest.Look("confirmed");
        await guest.Go("/signup/code");
        await guest.Press("Go on");
        await guest.Type("Password", person.Password);
        await guest.Press("Go on");
        await guest.Page.GetByLabel("STANDARD").CheckAsync();
        await guest.Press("Create the account");
        await guest.Look("signup-card");
        var hosted = await guest.Page.RunAndWaitForPopupAsync(() => guest.Follow("Enter your card"));
        await hosted.GetByLabel("Card number").FillAsync(Card);
        await hosted.GetByLabel("Expiry month").FillAsync("12");
        await hosted.GetByLabel("Expiry year").FillAsync("2039");
        await hosted.GetByLabel("Security code").FillAsync("123");
        await Gallery.Look(hosted, "card-page");
        await Guest.Press(hosted.Locator("main"), "Store this card");
        await hosted.GetByText("You can close this page").WaitForAsync();
        await hosted.CloseAsync();
        await guest.Press("Create the account");
        await guest.Is("/account?done=welcome");
        await guest.Sees("STANDARD");
    }

    [Fact]
    public async Task A_forgotten_password_is_reset_by_mail_and_the_confirmation_sent_again()
    {
        var server = await TestRun.Server();
        var (person, waiting) = (new Person(), new Person());
        await person.SignUp(server);
        await using var guest = await Guest.Arrive("/login");
        await guest.LogIn(person, "not this one");
        await guest.Look("login-refused");
        await guest.Follow("Reset it.");
        await guest.Look("password-reset");
        await guest.Type("Address of your account", person.Email);
        await guest.Page.Locator("main button").ClickAsync();
        await guest.Sees("mailbox");
        await guest.Look("password-sent");
        await guest.FollowMail(person.Email, "password", "password/set");
        await guest.Look("password-set");
        await guest.Page.Locator("input[type=password]").FillAsync(NewPassword);
        await guest.Page.Locator("main button").ClickAsync();
        await guest.Is("/password/changed");
        await guest.Look("password-changed");
        await guest.Go("/login?returnUrl=%2Faccount%2Fkeys");
        await guest.LogIn(person, NewPassword);
        await guest.Is("/account/keys");

        await waiting.Begin(server);
        await guest.Go("/confirmation/resend");
        await guest.Look("confirmation-resend");
        await guest.Type("Address you signed up with", waiting.Email);
        await guest.Page.Locator("main button").ClickAsync();
        await guest.Sees("mailbox");
        await guest.Look("confirmation-sent");
    }

    [Fact]
    public async Task The_second_factor_goes_on_with_a_picture_lets_its_owner_in_and_goes_off_again()
    {
        var person = new Person();
        await using var guest = await Guest.ArriveAs(person);
        await guest.Go("/account/factor");
        await guest.Look("factor");
        await guest.Press("Set it up");
        await guest.Page.Locator("img.qr").WaitForAsync();
        Assert.True(await guest.Page.Locator("img.qr").EvaluateAsync<int>("image => image.naturalWidth") > 0);
        await guest.Look("factor-scan");
        var secret = await guest.Read("ol.steps pre");
        await guest.Type("Code", SecondFactor.CodeOf(secret));
        await guest.Press("Turn it on");
        await guest.Sees("The second factor is on");
        await guest.Look("factor-codes");
        var codes = (await guest.Read("#secret")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(10, codes.Length);

        await guest.Follow("Log in again");
        await guest.LogIn(person, person.Password);
        await guest.Is("/login/code");
        await guest.Type("Code", "000000");
        await guest.Press("Log in");
        await guest.Look("login-code-refused");
        await guest.Type("Code", codes[0]);
        await guest.Press("Log in");
        await guest.Is("/account");
        await guest.Go("/account/factor");
        await guest.Look("factor-on");
        await guest.Follow("Get new recovery codes");
        await guest.Look("factor-regenerate");
        await guest.Page.Locator("main form button").ClickAsync();
        await guest.Page.Locator("#secret").WaitForAsync();
        await guest.Go("/account/factor");
        await guest.Follow("Turn it off");
        await guest.Look("factor-off");
        await guest.Page.Locator("main form button").ClickAsync();
        await guest.Is("/account/factor?done=off");
    }

    [Theory]
    [InlineData("/#/login", "/login")]
    [InlineData("/#/register", "/signup")]
    [InlineData("/#/password/reset", "/password/reset")]
    [InlineData("/#/confirmation/resend?email=a%40example.com", "/confirmation/resend?email=a%40example.com")]
    [InlineData("/#/account/payment-method", "/login?returnUrl=%2Faccount%2Fpayment-method")]
    [InlineData("/#/account/ssh-keys", "/login?returnUrl=%2Faccount%2Fssh-keys")]
    [InlineData("/#/account/invoices", "/login?returnUrl=%2Faccount%2Finvoices")]
    [InlineData("/#/account/unknown", "/login")]
    [InlineData("/#/apps", "/login?returnUrl=%2Fapps")]
    [InlineData("/#/apps/real-hasty-fruitbat", "/login?returnUrl=%2Fapps%2Freal-hasty-fruitbat")]
    [InlineData("/#/apps/real-hasty-fruitbat/domains", "/login?returnUrl=%2Fapps%2Freal-hasty-fruitbat%2Fdomains")]
    [InlineData("/#/apps/real-hasty-fruitbat/drains", "/login?returnUrl=%2Fapps%2Freal-hasty-fruitbat")]
    [InlineData("/#/notify?msg=hello&to=//evil.example", "/login")]
    public async Task Addresses_behind_a_hash_lead_to_the_page_of_today(string old, string path)
    {
        await using var guest = await Guest.Arrive(old);
        await guest.Is(path);
    }
}
