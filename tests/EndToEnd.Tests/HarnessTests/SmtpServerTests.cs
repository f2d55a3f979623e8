using System.Diagnostics;
using Gatehouse.EndToEnd.Tests.Harness;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.HarnessTests;

public class SmtpServerTests
{
    [Fact]
    public async Task Message_and_envelope_are_recorded()
    {
        await using var server = await SmtpServer.Start();
        await Send(server);

        var message = await server.Mailbox.Next("grace@example.com", about: "grüße");
        Assert.Equal("The code is\r\n\r\n123456\r\n", message.TextBody?.ReplaceLineEndings("\r\n"));
        var envelope = Assert.Single(server.Envelopes);
        Assert.Equal("ada@example.com", envelope.From);
        Assert.Equal(["grace@example.com"], envelope.To);
        Assert.False(envelope.Tls);
    }

    [Fact]
    public async Task A_message_is_given_out_once()
    {
        await using var server = await SmtpServer.Start();
        await Send(server);
        await Send(server);

        var first = await server.Mailbox.Next("grace@example.com");
        var second = await server.Mailbox.Next("GRACE@example.com");
        Assert.NotSame(first, second);
        var ids = server.Mailbox.Messages.Select(message => message.MessageId).Distinct(StringComparer.Ordinal);
        Assert.Equal(2, ids.Count());
    }

    [Fact]
    public async Task Refusals_end_after_their_number()
    {
        await using var server = await SmtpServer.Start(new SmtpOptions { Refusals = 1 });

        var refusal = await Assert.ThrowsAsync<SmtpCommandException>(() => Send(server));
        Assert.Equal(451, (int)refusal.StatusCode);
        await Send(server);
        Assert.Single(server.Mailbox.Messages);
    }

    [Fact]
    public async Task A_slow_server_takes_its_time()
    {
        await using var server = await SmtpServer.Start(new SmtpOptions { Delay = TimeSpan.FromSeconds(0.5) });
        var started = Stopwatch.GetTimestamp();
        await Send(server);

        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public async Task Without_the_password_nothing_is_taken()
    {
        await using var server = await SmtpServer.Start(new SmtpOptions { Credentials = "gate:open sesame" });

        await Assert.ThrowsAsync<ServiceNotAuthenticatedException>(() => Send(server));
        await Assert.ThrowsAsync<AuthenticationException>(() => Send(server, password: "closed"));
        Assert.Empty(server.Envelopes);
        await Send(server, password: "open sesame");
        Assert.Equal("gate", Assert.Single(server.Envelopes).User);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_of_its_own_making_is_not_trusted_by_itself(bool implicitTls)
    {
        await using var server = await SmtpServer.Start(
            new SmtpOptions { ImplicitTls = implicitTls, StartTls = !implicitTls });
        var security = implicitTls ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls;

        await Assert.ThrowsAsync<SslHandshakeException>(() => Send(server, security));
        Assert.Empty(server.Envelopes);
    }

    [Fact]
    public async Task Nothing_is_taken_in_clear_where_STARTTLS_is_required()
    {
        await using var server = await SmtpServer.Start(new SmtpOptions { StartTls = true });

        await Assert.ThrowsAnyAsync<Exception>(() => Send(server));
        Assert.Empty(server.Envelopes);
    }

    private static async Task Send(
        SmtpServer server, SecureSocketOptions security = SecureSocketOptions.None, string? password = null)
    {
        var stop = TestContext.Current.CancellationToken;
        using var client = new SmtpClient();
        await client.ConnectAsync(server.Url.Host, server.Url.Port, security, stop);
        if (password is not null)
            await client.AuthenticateAsync("gate", password, stop);
        using var message = new MimeMessage(
            [MailboxAddress.Parse("ada@example.com")],
            [MailboxAddress.Parse("grace@example.com")],
            "Schöne Grüße",
            new TextPart("plain") { Text = "The code is\r\n\r\n123456\r\n" });
        await client.SendAsync(message, stop);
        await client.DisconnectAsync(quit: true, stop);
    }
}
