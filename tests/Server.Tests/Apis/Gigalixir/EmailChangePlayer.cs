using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Gatehouse.Tests.WebConsole;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Somebody who does to an account what <see cref="EmailChangeModel"/> says the outcome of.</summary>
internal sealed class EmailChangePlayer(TestServer server, Customer customer)
{
    private static readonly (string Token, string Last4)[] Cards =
        [("tok_visa", "4242"), ("tok_mastercard", "4444"), ("tok_amex", "0005")];

    private Customer ada = customer;
    private Authenticator? app;
    private byte made;

    /// <summary>An account with nothing in it, whatever an earlier order left behind; its address.</summary>
    public async Task<string> StartOver()
    {
        await Wait(TimeSpan.FromDays(8));
        await server.RunJobs();
        foreach (var mail in Directory.GetFiles(Path.Combine(server.DataDirectory, "mail"))) File.Delete(mail);
        await server.Ask<Db, int>(async db =>
            await db.ApiKeys.ExecuteDeleteAsync() + await db.SshKeys.ExecuteDeleteAsync()
            + await db.SecondFactors.ExecuteDeleteAsync() + await db.PaymentMethods.ExecuteDeleteAsync());
        app = null;
        await LogIn();
        return ada.Email;
    }

    /// <summary>As <see cref="EmailChangeModel.Standing"/> tells it.</summary>
    public Task<string> Standing() => server.Ask<Db, string>(async db =>
    {
        var account = await db.Accounts.SingleAsync();
        var factor = await db.SecondFactors.AnyAsync(f => f.ActivatedAt != null);
        var card = await db.PaymentMethods
            .Where(m => m.ReplacedAt == null).Select(m => m.Last4).SingleOrDefaultAsync();
        var keys = await db.ApiKeys.Where(k => k.LoggedInAt == null).Select(k => k.Name).ToListAsync();
        var sshKeys = await db.SshKeys.Select(k => k.Text).ToListAsync();
        return string.Join(' ', keys.Concat(sshKeys).Order(StringComparer.Ordinal)
            .Prepend($"{account.Email} factor={factor} card={card ?? "none"}"));
    });

    public Task Wait(TimeSpan time)
    {
        server.Pass(time);
        return Task.CompletedTask;
    }

    public async Task Request(EmailChangeModel model)
    {
        await Refresh();
        var (next, at) = ($"{Guid.CreateVersion7(server.Now):N}@example.org", server.Now);
        await server.Do(ada, "POST /api/users/email", new { next_email = next });
        var confirm = (await server.ReadMail(next)).Token;
        var revoke = (await server.ReadMail(ada.Email, "about to change")).Token;
        model.Request(new AskedChange(ada.Email, next, at, confirm, revoke));
    }

    public async Task Confirm(EmailChangeModel model, AskedChange change)
    {
        var expected = model.Confirm(change, server.Now);
        var answer = await server.Call("POST /api/users/email/confirm", new { token = change.ConfirmToken });
        Assert.Equal(expected ? 200 : 422, answer.Status);
        ada = ada with { Email = model.Address };
    }

    /// <summary>After it took the account back, no login is left and a new password comes by mail.</summary>
    public async Task Revoke(EmailChangeModel model, AskedChange change)
    {
        var expected = model.Revoke(change, server.Now);
        var answer = await server.Call("POST /api/users/email/revoke", new { token = change.RevokeToken });
        Assert.Equal(expected ? 200 : 422, answer.Status);
        ada = ada with { Email = model.Address };
        if (!expected || change.ConfirmedAt is null) return;
        Assert.Equal(0, await server.Ask<Db, int>(db => db.Sessions.CountAsync()));
        Assert.Equal(401, await server.StatusOfKey(ada.Email, ada.Key));
        Assert.Equal(401, (await server.LogIn(ada.Email, ada.Password)).Status);
        if (model.FactorAt is null) app = null;
        await server.Call("PUT /api/users/reset_password", new { email = ada.Email });
        var token = (await server.ReadMail(ada.Email, "Reset")).Token;
        var reset = new { token, password = ada.Password, keep_api_keys = true };
        Assert.Equal(200, (await server.Call("POST /api/users/reset_password", reset)).Status);
        await LogIn();
    }

    public async Task MakeKey(EmailChangeModel model)
    {
        await Refresh();
        model.Make($"key-{++made}", server.Now);
        await server.Do(ada, "POST /api/account_keys", new { name = $"key-{made}" });
    }

    public async Task AddSshKey(EmailChangeModel model)
    {
        var line = SshKeyTests.Line(++made);
        model.Make(line, server.Now);
        await server.Do(ada, "POST /api/ssh_keys", new { ssh_key = line });
    }

    public async Task SetCard(EmailChangeModel model, int index)
    {
        await Refresh();
        var (token, last4) = Cards[index % Cards.Length];
        model.SetCard(last4, server.Now);
        await server.SetCard(ada, token);
    }

    public async Task TurnFactorOn(EmailChangeModel model)
    {
        if (model.FactorAt is not null) return;
        await Refresh();
        model.TurnFactorOn(server.Now);
        app = (await server.ActivateFactor(ada)).App;
        await LogIn();
    }

    public async Task OpenBrowser()
    {
        server.Pass(TimeSpan.FromSeconds(30));
        if (app is null) await new Visitor(server).LogIn(ada);
    }

    private async Task LogIn()
    {
        server.Pass(TimeSpan.FromSeconds(30));
        ada = await server.LogInAgain(ada, app?.CodeAt(server.Now));
    }

    /// <summary>As if the key's login had been a moment ago.</summary>
    private Task Refresh() => server.Ask<Db, int>(db => db.ApiKeys
        .Where(key => key.LoggedInAt != null)
        .ExecuteUpdateAsync(set => set.SetProperty(key => key.LoggedInAt, server.Now)));
}
