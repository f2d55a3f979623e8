using Gatehouse.Domain;
using Gatehouse.Features.Configs;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>Variables of the environment of apps (README, "Configs").</summary>
internal static class Configs
{
    /// <summary><c>GET /api/apps/{app}/configs</c>.</summary>
    public static Task<IResult> List(HttpContext http, string app, ListConfigs list, CancellationToken stop) =>
        list.Run(http.Caller(), app, stop).Answer(configs => Json.Data(Reveal(configs)));

    /// <summary><c>POST /api/apps/{app}/configs</c>: 201 with all that there are now.</summary>
    public static Task<IResult> Set(HttpContext http, string app, SetConfigs set, CancellationToken stop) =>
        Json.Reading<ConfigsRequest>(http, body => body.Wanted.Match(
            wanted => set.Run(http.Caller(), app, wanted, stop)
                .Answer(configs => Json.Data(Reveal(configs), StatusCodes.Status201Created)),
            refused => Task.FromResult(Errors.Answer(refused))));

    /// <summary><c>POST /api/apps/{app}/configs/copy</c>: 200 with all that there are now.</summary>
    public static Task<IResult> Copy(HttpContext http, string app, CopyConfigs copy, CancellationToken stop) =>
        Json.Reading<ConfigsRequest>(http, body => copy
            .Run(http.Caller(), app, body.From, stop)
            .Answer(configs => Json.Data(Reveal(configs))));

    /// <summary><c>DELETE /api/apps/{app}/configs</c>.</summary>
    public static Task<IResult> Unset(HttpContext http, string app, UnsetConfig unset, CancellationToken stop) =>
        Json.Reading<ConfigsRequest>(http, body => unset
            .Run(http.Caller(), app, body.Key, stop)
            .Answer(Json.Nothing));

    private static Dictionary<string, string> Reveal(IReadOnlyDictionary<string, Secret> configs) =>
        configs.ToDictionary(pair => pair.Key, pair => pair.Value.Reveal(), StringComparer.Ordinal);
}

/// <summary>What the routes of this file take, each its own part.</summary>
internal sealed record ConfigsRequest
{
    public Dictionary<string, string?>? Configs { get; init; }

    public bool? AvoidRestart { get; init; }

    public string? Key { get; init; }

    public string? From { get; init; }

    internal Outcome<WantedConfigs> Wanted
    {
        get
        {
            var given = Configs ?? [];
            if (given.Values.Any(value => value is null)) return new Refusal(Reason.InvalidFormat, Field.Configs);
            return new WantedConfigs(
                given.ToDictionary(pair => pair.Key, pair => new Secret(pair.Value!), StringComparer.Ordinal),
                AvoidRestart ?? false);
        }
    }
}
