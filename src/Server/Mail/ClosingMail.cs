using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Mail;

/// <summary>Writes the message about a closed account, and knows its undo link.</summary>
public sealed class ClosingMail(Postbox postbox, MasterKey key, Settings settings)
{
    public byte[] HashOf(Secret token) => key.HashOfLink(token.Reveal());

    public OutboxMail Write(Caller caller, Account account, Secret token, DateTime now)
    {
        var erasedAt = now + TimeSpan.FromDays(settings.Accounts.ClosingGraceDays);
        return postbox.Write(account.Address, new AccountClosedMail(token, erasedAt, caller.Address, now), now);
    }
}
