using System.Net;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Crashes;

[Costly]
public class KillTests
{
    private static readonly (string, string)[] NoLimits =
    [
        ("Limits:SignUpsPerAddress", "0"), ("Limits:MailRequestsPerAddress", "0"),
        ("Limits:FailuresPerAddressIn5Minutes", "0"),
    ];

    [Theory, EveryDatabase]
    public async Task Acknowledged_sign_up_survives_a_kill(string database)
    {
        var people = Enumerable.Range(0, Soak.Times(20, 200)).Select(_ => new Person()).ToList();
        using var installation = await Installation.Create(database, NoLimits);
        await using (var first = await installation.Start())
        {
            await Task.WhenAll(people.Select(person => person.Begin(first)));
            foreach (var person in people)
                await person.Prepare(first);
            await first.Kill();
        }

        for (var i = 0; i < people.Count; i++)
        {
            await using var server = await installation.Start();
            if (i > 0)
                await Exists(people[i - 1], server);
            await people[i].Complete(server);
            await server.Kill();
        }

        await using var last = await installation.Start();
        await Task.WhenAll(people.Select(person => Exists(person, last)));
        Figures.Note($"sign-ups lost to kill -9 on {database}", $"0 of {people.Count}");
    }

    [Theory, EveryDatabase]
    public async Task Every_acknowledged_sign_up_of_a_crowd_survives_a_kill_in_its_middle(string database)
    {
        var people = Enumerable.Range(0, Soak.Times(12, 100)).Select(_ => new Person()).ToList();
        using var installation = await Installation.Create(database, NoLimits);
        await using (var server = await installation.Start())
        {
            foreach (var person in people)
                await person.Prepare(server);
            var crowd = people.Select(person => person.Complete(server)).ToList();
            await Task.WhenAny(crowd);
            await server.Kill();
            foreach (var sent in crowd)
                await sent.ContinueWith(_ => { }, TestContext.Current.CancellationToken);
        }

        await using var restarted = await installation.Start();
        foreach (var person in people.Where(person => person.Key == ""))
            await GoesOn(person, restarted);
        await Task.WhenAll(people.Select(person => Exists(person, restarted)));
    }

    [Theory, EveryDatabase]
    public async Task A_mail_that_was_not_sent_before_the_kill_is_sent_after_it(string database)
    {
        using var installation = await Installation.Create(database);
        var person = new Person();
        await using (var server = await installation.Start())
        {
            await person.Begin(server);
            await server.Kill();
        }

        await using var restarted = await installation.Start();
        // One that a sender had taken when it was killed waits until its two minutes are over.
        var mail = await restarted.Mailbox.Next(person.Email, "confirm", TimeSpan.FromMinutes(3));
        var code = Person.CodeOf(mail);
        Assert.Equal(HttpStatusCode.OK, (await person.Confirm(restarted, code)).Status);
    }

    private static async Task Exists(Person person, GatehouseServer server)
    {
        var account = await person.Look(server);
        Assert.Equal(HttpStatusCode.OK, account.Status);
        Assert.Equal(person.Email, account.Data("email"));
    }

    /// <summary>
    /// The answer was lost, not the step: either it can be repeated, or the account is there and takes the password.
    /// </summary>
    private static async Task GoesOn(Person person, GatehouseServer server)
    {
        var shown = await server.Http.PostJson("/api/signup", new { uuid = person.Handle });
        if (shown.Status == HttpStatusCode.OK)
            await person.Complete(server);
        else
            await person.LogIn(server);
    }
}
