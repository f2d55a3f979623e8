using MimeKit;

namespace Gatehouse.Gateways;

/// <summary>Where messages leave the house.</summary>
public abstract class MailGateway
{
    /// <summary>Hands one message over; throws when it was not taken.</summary>
    public abstract Task Send(MimeMessage message, CancellationToken stop);
}
