using Gatehouse.Features.Domains;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>Custom domains of apps (README, "Domains").</summary>
internal static class Domains
{
    /// <summary><c>GET /api/apps/{app}/domains</c>.</summary>
    public static Task<IResult> List(HttpContext http, string app, ListDomains list, CancellationToken stop) =>
        list.Run(http.Caller(), app, stop).Answer(domains => Json.Data(domains));

    /// <summary><c>POST /api/apps/{app}/domains</c>: 201, clients take 200 for a failure.</summary>
    public static Task<IResult> Add(HttpContext http, string app, AddDomain add, CancellationToken stop) =>
        Json.Reading<DomainRequest>(http, body => add
            .Run(http.Caller(), app, body.Fqdn, stop)
            .Answer(added => Json.Data(new DomainReply(added.Cname), StatusCodes.Status201Created)));

    /// <summary><c>DELETE /api/apps/{app}/domains</c>.</summary>
    public static Task<IResult> Remove(HttpContext http, string app, RemoveDomain remove, CancellationToken stop) =>
        Json.Reading<DomainRequest>(http, body => remove
            .Run(http.Caller(), app, body.Fqdn, stop)
            .Answer(Json.Nothing));
}

/// <summary>What the routes of this file take.</summary>
internal sealed record DomainRequest
{
    public string? Fqdn { get; init; }
}

/// <summary>Where a domain that was added has to point.</summary>
internal sealed record DomainReply(string Cname);
