using System.Net;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Gatehouse.Gateways;

/// <summary>
/// A real mail server: STARTTLS where it is offered and always before a password (RFC 3207), implicit TLS for
/// <c>smtps://</c> (RFC 8314).
/// </summary>
public sealed class SmtpGateway(Uri server) : MailGateway
{
    private const int SubmissionPort = 587;
    private const int ImplicitTlsPort = 465;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public override async Task Send(MimeMessage message, CancellationToken stop)
    {
        using var client = await Connect(stop);
        await client.SendAsync(message, stop);
        await client.DisconnectAsync(quit: true, stop);
    }

    /// <summary>Does all that comes before a message, and sends none; throws where none could be sent.</summary>
    public async Task<Greeting> Greet(CancellationToken stop)
    {
        using var client = await Connect(stop);
        var greeting = new Greeting(client.IsSecure, client.IsAuthenticated);
        await client.DisconnectAsync(quit: true, stop);
        return greeting;
    }

    private async Task<SmtpClient> Connect(CancellationToken stop)
    {
        var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            var (user, password) = Credentials();
            await client.ConnectAsync(server.Host, Port, Security(hasPassword: user != ""), stop);
            if (user != "") await client.AuthenticateAsync(new NetworkCredential(user, password), stop);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private bool IsImplicitTls => server.Scheme == "smtps";

    private int Port => server.Port > 0 ? server.Port : IsImplicitTls ? ImplicitTlsPort : SubmissionPort;

    /// <summary>A password never travels in the open, except to this very machine.</summary>
    private SecureSocketOptions Security(bool hasPassword) =>
        IsImplicitTls ? SecureSocketOptions.SslOnConnect
        : hasPassword && !server.IsLoopback ? SecureSocketOptions.StartTls
        : SecureSocketOptions.StartTlsWhenAvailable;

    private (string User, string Password) Credentials()
    {
        var parts = server.UserInfo.Split(':', 2);
        return (Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}

/// <summary>How a mail server met us.</summary>
/// <param name="IsSecure">By TLS, from the start or by STARTTLS.</param>
/// <param name="IsAuthenticated">With the password of the setting.</param>
public sealed record Greeting(bool IsSecure, bool IsAuthenticated);
