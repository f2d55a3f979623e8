using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Tests.Apis.Temporal;
using Gatehouse.Tests.Harness;
using Gatehouse.Tests.WebConsole;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gatehouse.Tests.Features.PaymentMethods;

/// <summary>Providers take their time. What happened meanwhile counts.</summary>
public sealed class MeanwhileTests
{
    private const string Setups = "/api/payment_methods/setups";

    private static readonly (string, string)[] Card =
        [("number", "4242424242424242"), ("exp_month", "12"), ("exp_year", "31"), ("cvc", "123")];

    [Theory, EveryDatabase]
    public async Task Account_that_was_closed_meanwhile_gets_no_card(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        Meanwhile(server, () => Close(server, ada));
        var late = await server.CallAs(ada, "PUT /api/payment_methods", new { stripe_token = "tok_visa" });
        Assert.Equal(401, late.Status);
        Assert.Equal(0, await server.Ask<Db, int>(db => db.PaymentMethods.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Account_that_was_closed_meanwhile_is_not_upgraded(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        Meanwhile(server, () => Close(server, ada));
        var late = await server.CallAs(ada, "POST /api/upgrade", new { stripe_token = "tok_visa" });
        Assert.Equal(401, late.Status);
        Assert.Equal(0, await server.Ask<Db, int>(db => db.Accounts.CountAsync(a => a.Tier != Tier.Free)));
    }

    [Theory, EveryDatabase]
    public async Task Account_that_was_closed_meanwhile_is_not_charged(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Join(server);
        var login = await server.LogIn(ada.Email, ada.Password);
        Meanwhile(server, () => Close(server, new Customer(ada.Email, ada.Password, login.Data("key"), ada.Name)));
        var fields = Member.Fields(
            ("stripe_token", "tok_visa"), ("stripe_email", ada.Email), ("value_in_cents", "500"));
        Assert.Equal(401, (await ada.Call("POST /v2/payments/stripe/charge", fields)).Status);
        Assert.Equal((0, 0, 0), await server.CountCharges());
    }

    [Theory, EveryDatabase]
    public async Task Card_that_came_meanwhile_is_not_replaced_without_a_fresh_proof(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        server.Pass(TimeSpan.FromHours(1)); // the key's login is old
        Meanwhile(server, () => server.Do(
            ada, "PUT /api/payment_methods", new { stripe_token = "tok_amex", current_password = ada.Password }));
        var late = await server.CallAs(ada, "POST /api/upgrade", new { stripe_token = "tok_visa" });
        Assert.NotEqual(200, late.Status);
        Assert.Equal("American Express", (await server.Do(ada, "GET /api/payment_methods")).Data("brand"));
    }

    [Theory, EveryDatabase]
    public async Task Card_page_that_was_open_dies_with_the_change_that_is_revoked(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada, "tok_amex");
        server.Pass(TimeSpan.FromSeconds(1));
        await server.Do(ada, "POST /api/users/email", new { next_email = "thief@example.org" });
        var confirm = (await server.ReadMail("thief@example.org")).Token;
        await server.Call("POST /api/users/email/confirm", new { token = confirm });
        var thief = ada with { Email = "thief@example.org" };
        var opened = await server.Do(thief, $"POST {Setups}", new { current_password = ada.Password });
        var revoke = (await server.ReadMail(ada.Email, "about to change")).Token;
        Assert.Equal(200, (await server.Call("POST /api/users/email/revoke", new { token = revoke })).Status);
        var visitor = new Visitor(server);
        var page = await visitor.Open(new Uri(opened.Data("url")).AbsolutePath);
        if (page.Status == 200) await visitor.Send(page, Card);
        server.Pass(TimeSpan.FromSeconds(10));
        await server.RunJobs();
        var card = await server.Ask<Db, string>(
            db => db.PaymentMethods.Where(m => m.ReplacedAt == null).Select(m => m.Last4).SingleAsync());
        Assert.Equal("0005", card);
    }

    [Theory, EveryDatabase]
    public async Task Card_that_is_entered_after_the_last_step_of_the_sign_up_is_kept(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var uuid = await server.StartSignUp("ada@example.org");
        await server.Step(new { uuid, confirmation_code = (await server.ReadMail("ada@example.org")).Code });
        await server.Step(new { uuid, password = SignUpSteps.Password });
        var opened = await server.Step(new { uuid, card_page = "open" });
        var done = await server.Step(new { uuid, tier = "FREE" });
        var visitor = new Visitor(server);
        await visitor.Send(await visitor.Open(new Uri(opened.Data("url")).AbsolutePath), Card);
        server.Pass(TimeSpan.FromSeconds(10));
        await server.RunJobs();
        var ada = new Customer("ada@example.org", SignUpSteps.Password, done.Data("key"), done.Data("user_name"));
        Assert.Equal("4242", (await server.Do(ada, "GET /api/payment_methods")).Data("last4"));
    }

    [Theory, EveryDatabase]
    public async Task Promo_code_and_token_with_a_NUL_are_refused_and_no_fault(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada);
        foreach (var body in (string[])["""{"promo_code":"SPRING\u0000"}""", """{"stripe_token":"tok_visa\u0000"}"""])
            Assert.Equal(422, (await server.CallAs(ada, "POST /api/upgrade", body)).Status);
    }

    private static void Meanwhile(TestServer server, Func<Task> happening) =>
        server.Services.GetRequiredService<SandboxFaults>().Meanwhile(happening);

    private static Task Close(TestServer server, Customer who) =>
        server.Do(who, "DELETE /api/users/destroy", new { email = who.Email, current_password = who.Password });
}
