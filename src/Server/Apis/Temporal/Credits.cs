using Gatehouse.Features.Accounts;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Temporal;

/// <summary>Credits (README, "Credits"): 1 credit is 1 USD.</summary>
internal static class Credits
{
    /// <summary><c>GET /v2/account/credits/available</c>: a bare number with up to nine decimals, exact.</summary>
    public static Task<IResult> Show(HttpContext http, ShowAccount show, CancellationToken stop) =>
        show.Run(http.Caller(), stop).Answer(account => Json.Success(account.Credits.Dollars));
}
