using Gatehouse.Domain;
using Gatehouse.Features.PromoCodes;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>What this server offers to somebody who signs up.</summary>
internal sealed class Offer(
    Settings settings, Tariff tariff, PublicUrl publicUrl, OfferPromoCodes promoCodes, IHostEnvironment environment)
{
    public async Task<SignUpReply> To(HttpContext http) => new()
    {
        Tiers =
        [
            new OfferedTier(LimitText.NameOf(Tier.Free), FreeSummary),
            new OfferedTier(LimitText.NameOf(Tier.Standard), StandardSummary),
        ],
        PromoCodes = await promoCodes.Run(http.RequestAborted),
        PasswordMinimum = settings.Accounts.PasswordMinimum,
        TermsUrl = settings.TermsUrl != "" ? settings.TermsUrl : publicUrl.To("/terms"),
        PrivacyUrl = settings.PrivacyUrl != "" ? settings.PrivacyUrl : publicUrl.To("/privacy"),
        MailboxUrl = ShowsMailbox(http) ? publicUrl.To("/dev/mail") : null,
    };

    private string FreeSummary
    {
        get
        {
            var free = tariff.Of(Tier.Free);
            var apps = LimitText.Amount(Limited.Apps, free.Apps);
            var databases = LimitText.Amount(Limited.Databases, free.Databases);
            return $"no card needed: {apps} of {free.Largest} GB, {databases}";
        }
    }

    private string StandardSummary
    {
        get
        {
            var smallest = tariff.Of(Tier.Standard).Smallest;
            var replica = LimitText.Dollars(tariff.ReplicaMonth(smallest, 1));
            var database = LimitText.Dollars(tariff.Databases[0].Month);
            return $"paid by use, needs a card: {replica} a month for {smallest} GB, {database} for a database";
        }
    }

    private bool ShowsMailbox(HttpContext http) =>
        environment.IsDevelopment() && settings.Mail.IsLocal && http.IsFromHere();
}
