using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>
/// The limit behind a refusal, for programs: beside <c>errors</c> in the envelope, which clients of the original do not
/// look for (README, "Errors").
/// </summary>
/// <param name="Name">What is limited, such as <c>apps</c>.</param>
/// <param name="Tier">The account's tier.</param>
/// <param name="InUse">How much is used; gigabytes where a size is limited.</param>
/// <param name="Allowed">How much the tier allows.</param>
/// <param name="LiftedBy">The tier that allows more; missing when none does.</param>
/// <param name="AllowedThere">How much that tier allows.</param>
/// <param name="PriceCents">What a month of it costs there, in cents.</param>
/// <param name="Command">What to type to get there.</param>
internal sealed record LimitReply(
    string Name,
    string Tier,
    decimal InUse,
    decimal Allowed,
    string? LiftedBy,
    decimal? AllowedThere,
    long? PriceCents,
    string? Command)
{
    public static LimitReply Of(LimitInTheWay limit) => new(
        LimitText.NameOf(limit.What),
        LimitText.NameOf(limit.Tier),
        Number(limit.What, limit.InUse),
        Number(limit.What, limit.Most),
        limit.LiftedBy is { } tier ? LimitText.NameOf(tier) : null,
        limit.MostThere is { } most ? Number(limit.What, most) : null,
        limit.PriceFrom?.WholeCents,
        limit.LiftedBy is null ? null : "account:upgrade");

    private static decimal Number(Limited what, long number) =>
        what == Limited.ReplicaSize ? new Size((int)number).Gigabytes : number;
}
