using System.Net;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Mails;

[Costly]
public class DeliveryTests
{
    private static readonly string[] OneConversation = ["MAIL", "RCPT", "DATA"];

    [Theory, EveryDatabase]
    public async Task Plain_the_message_arrives_once_with_the_address_as_it_was_given(string database)
    {
        const string Email = "Grace.O'Hopper+gate=1@Example.COM";
        const string Mailbox = "Grace.O'Hopper+gate=1@example.com";
        await using var smtp = await SmtpServer.Start();
        await using var server = await GatehouseServer.Start(
            database, ("Mail:Smtp", Address(smtp)), ("Mail:From", "The Gate <gate@accounts.example.com>"));
        var person = new Person(Email);
        await person.Begin(server);

        var message = await smtp.Mailbox.Next(Mailbox, "confirm");
        var envelope = Assert.Single(smtp.Envelopes);
        Assert.Equal(Mailbox, Assert.Single(envelope.To));
        Assert.Equal("gate@accounts.example.com", envelope.From);
        Assert.Equal(OneConversation, smtp.Commands.Select(command => command.Command));
        Assert.Equal("gate@accounts.example.com", message.From.Mailboxes.Single().Address);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.EndsWith("@accounts.example.com", message.MessageId, StringComparison.Ordinal);
        Assert.Contains(Person.CodeOf(message), message.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await person.Confirm(server, Person.CodeOf(message))).Status);
    }

    [Fact]
    public async Task With_STARTTLS_the_password_is_said_under_TLS()
    {
        await using var smtp = await SmtpServer.Start(
            new SmtpOptions { StartTls = true, Credentials = "gate:open sesame" });
        await using var server = await GatehouseServer.Start(
            settings: [("Mail:Smtp", Address(smtp)), ("$SSL_CERT_FILE", smtp.Certificate)]);
        await Arrives(server, smtp);

        var envelope = Assert.Single(smtp.Envelopes);
        Assert.Equal("gate", envelope.User);
        Assert.True(envelope.Tls);
    }

    [Fact]
    public async Task With_smtps_it_is_TLS_from_the_first_byte()
    {
        await using var smtp = await SmtpServer.Start(
            new SmtpOptions { ImplicitTls = true, Credentials = "gate:open sesame" });
        await using var server = await GatehouseServer.Start(
            settings: [("Mail:Smtp", Address(smtp)), ("$SSL_CERT_FILE", smtp.Certificate)]);
        await Arrives(server, smtp);

        Assert.True(Assert.Single(smtp.Envelopes).Tls);
    }

    [Fact]
    public async Task To_a_server_that_nobody_vouches_for_nothing_is_said()
    {
        await using var smtp = await SmtpServer.Start(
            new SmtpOptions { StartTls = true, Credentials = "gate:open sesame" });
        await using var server = await GatehouseServer.Start(settings: ("Mail:Smtp", Address(smtp)));
        await new Person().Begin(server);
        await Failed(server);

        Assert.Empty(smtp.Commands);
        Assert.DoesNotContain("sesame", server.Output, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Refused_twice_for_now_it_is_delivered_the_third_time_as_the_same_message(string database)
    {
        await using var smtp = await SmtpServer.Start(new SmtpOptions { Refusals = 2 });
        await using var server = await GatehouseServer.Start(database, ("Mail:Smtp", Address(smtp)));
        var person = new Person();
        await person.Begin(server);
        var delivered = await smtp.Mailbox.Next(person.Email);

        Assert.Equal(2, smtp.Refused.Count);
        Assert.All(smtp.Refused, refused => Assert.Equal(delivered.MessageId, refused.MessageId));
        Assert.All(smtp.Refused, refused => Assert.Equal(delivered.TextBody, refused.TextBody));
        var three = Enumerable.Repeat(OneConversation, 3).SelectMany(commands => commands);
        Assert.Equal(three, smtp.Commands.Select(c => c.Command));
        Assert.Single(smtp.Envelopes);
    }

    [Theory, EveryDatabase]
    public async Task What_could_not_leave_while_the_mail_server_was_down_leaves_when_it_is_back(string database)
    {
        var port = await FreePort();
        await using var server = await GatehouseServer.Start(
            database, ("Mail:Smtp", $"smtp://localhost:{port}"), ("Limits:SignUpsPerAddress", "0"));
        List<Person> people = [new(), new(), new()];
        foreach (var person in people)
            await person.Begin(server);
        await Failed(server);

        await using var smtp = await SmtpServer.Start(new SmtpOptions { Port = port });
        foreach (var person in people)
        {
            var message = await smtp.Mailbox.Next(person.Email, "confirm");
            Assert.Equal(HttpStatusCode.OK, (await person.Confirm(server, Person.CodeOf(message))).Status);
        }

        Assert.Equal(people.Count, smtp.Envelopes.Count);
    }

    [Fact]
    public async Task A_slow_mail_server_makes_nobody_wait()
    {
        await using var smtp = await SmtpServer.Start(new SmtpOptions { Delay = TimeSpan.FromSeconds(5) });
        await using var server = await GatehouseServer.Start(settings: ("Mail:Smtp", Address(smtp)));
        await new Person().Begin(server);
        await Eventually.Holds(() => smtp.Commands.Count == 3, () => "The server sends nothing");
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        await new Person().Begin(server);

        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(3));
    }

    private static string Address(SmtpServer smtp) => smtp.Url.AbsoluteUri.TrimEnd('/');

    private static async Task Arrives(GatehouseServer server, SmtpServer smtp)
    {
        var person = new Person();
        await person.Begin(server);
        Assert.Equal(6, Person.CodeOf(await smtp.Mailbox.Next(person.Email, "confirm")).Length);
    }

    private static Task Failed(GatehouseServer server) => Eventually.Holds(
        () => server.Stderr.Contains("could not be sent", StringComparison.Ordinal), () => server.Output);

    private static async Task<int> FreePort()
    {
        await using var once = await SmtpServer.Start();
        return once.Url.Port;
    }
}
