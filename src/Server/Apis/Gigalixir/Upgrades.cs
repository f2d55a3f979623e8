using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.Upgrades;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>Moving up a tier (README, "Upgrade"). What is wrong with the card is a whole sentence here.</summary>
internal static class Upgrades
{
    /// <summary><c>GET /api/upgrade</c>: what it would mean.</summary>
    public static Task<IResult> Plan(HttpContext http, PlanUpgrade plan, CancellationToken stop) =>
        plan.Run(http.Caller(), stop).Answer(planned => Json.Data(UpgradePlanReply.Of(planned)));

    /// <summary><c>POST /api/upgrade</c>.</summary>
    public static Task<IResult> Upgrade(HttpContext http, UpgradeAccount upgrade, CancellationToken stop) =>
        Json.Reading<UpgradeRequest>(http, body => upgrade
            .Run(http.Caller(), body.Wish, stop)
            .Answer(Json.Nothing, refusal => Refuse(refusal, body.CurrentPassword)));

    /// <summary><c>PUT /api/users/upgrade</c>, how command lines before 1.10 did it: with the card on file.</summary>
    public static Task<IResult> UpgradeWithCardOnFile(
        HttpContext http, UpgradeAccount upgrade, CancellationToken stop) =>
        upgrade.Run(http.Caller(), new UpgradeRequest().Wish, stop)
            .Answer(Json.Nothing, refusal => Refuse(refusal, password: null));

    private static IResult Refuse(Refusal refusal, string? password) => refusal.Reason switch
    {
        Reason.AlreadyUpgraded => Errors.Sentence(
            "Account is already upgraded.", StatusCodes.Status422UnprocessableEntity),
        _ when refusal.Field == Field.StripeToken && refusal.Reason == Reason.CardDeclined =>
            Errors.Answer(refusal with { Field = null }),
        _ => PaymentMethods.Refuse(refusal, password),
    };
}

/// <summary>What <c>POST /api/upgrade</c> takes.</summary>
internal sealed record UpgradeRequest
{
    public string? StripeToken { get; init; }

    public string? PromoCode { get; init; }

    public string? CurrentPassword { get; init; }

    public string? MfaToken { get; init; }

    internal UpgradeWish Wish => new(StripeToken, PromoCode, NeedsCard: true, new Proof(CurrentPassword, MfaToken));
}

/// <summary>What an upgrade would mean.</summary>
/// <param name="Tier">Where the account is now.</param>
/// <param name="MonthlyCents">What a full month of what there is would cost, in cents.</param>
/// <param name="PaymentMethod">The card on file; missing without one.</param>
internal sealed record UpgradePlanReply(string Tier, long MonthlyCents, PaymentMethodReply? PaymentMethod)
{
    public static UpgradePlanReply Of(UpgradePlan plan) => new(
        LimitText.NameOf(plan.Tier),
        plan.Month.WholeCents,
        plan.Method is { } method ? PaymentMethodReply.Of(method) : null);
}
